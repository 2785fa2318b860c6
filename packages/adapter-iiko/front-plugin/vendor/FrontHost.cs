// One of the files that know the vendor's assemblies; they are all in this folder. FRONT_V8, FRONT_V9 or FRONT_V10 says which Resto.Front.Api they are
// compiled against. Names and signatures: the public code reference of Syrve POS Api V8, V9 and V10 (docs/ of the front.api.sdk repository).
using System;
using System.Collections.Generic;
using Resto.Front.Api;
using Resto.Front.Api.Data.Common;
using Resto.Front.Api.Data.Orders;
using Resto.Front.Api.Data.Screens;
using Resto.Front.Api.Data.View;
#if FRONT_V10
using Resto.Front.Api.Data.Device;
#endif

namespace Tillbridge.Iiko
{
    public sealed class FrontHost : IFront
    {
#if FRONT_V8
        public const string Api = "V8";
#elif FRONT_V10
        public const string Api = "V10";
#else
        public const string Api = "V9";
#endif

        private readonly ILogSink log;

        public FrontHost(ILogSink log)
        {
            this.log = log;
            // without these there would be no plugin at all, so what is missing gets a stand-in that stays the same
            TerminalId = Environment.MachineName;
            ApplicationVersion = "";
            Guard("terminal", () =>
            {
                var terminal = PluginContext.Operations.GetHostTerminal();
                TerminalId = terminal.Id.ToString("D");
                TerminalName = terminal.Name;
                ApplicationVersion = PluginContext.Integration.GetApplicationVersion();
                return true;
            });
        }

        public string ApplicationVersion { get; private set; }

        public string ApiVersion { get { return Api; } }

        public string TerminalId { get; private set; }

        public string TerminalName { get; private set; }

        public void Listen(IFrontEvents events, ICollection<IDisposable> subscriptions)
        {
            var notifications = PluginContext.Notifications;
            // members of the tuples by place: mono 6.8 mixes up their names when they come from another assembly
            // both branches: a reader that iikoFront took for the other kind never raises the first one's event (vendor staff, SDK issue 588)
            subscriptions.Add(notifications.OrderEditBarcodeScanned.Subscribe(x => Guard("barcode", () => events.Scanned(Scan("barcode", x.Item1, null, x.Item2, x.Item3)))));
            subscriptions.Add(notifications.OrderEditCardSlided.Subscribe(x => Guard("card", () => events.Scanned(Scan("card", "", TracksOf(x.Item1), x.Item2, x.Item3)))));
#if FRONT_V10
            subscriptions.Add(notifications.CardScanned.Subscribe(x => Guard("any", () => events.Scanned(new FrontScan
            {
                Kind = x.DeviceType == CardScanDeviceType.Msr ? "card" : "barcode",
                Raw = x.Data,
                Tracks = x.DeviceType == CardScanDeviceType.Msr ? new Tracks { Track2 = Short(x.Data) } : null,
                BeforeTill = true
            }))));
#endif
            subscriptions.Add(notifications.ScreenChanged.Subscribe(new Observer<IScreen>(screen => Guard("screen", () => Screen(events, screen)))));
            subscriptions.Add(notifications.OrderChanged.Subscribe(new Observer<EntityChangedEventArgs<IOrder>>(change => Guard("order", () =>
            {
                events.OrderChanged(Host.FactsOf(change.Entity));
                return true;
            }))));
        }

        public void EditCurrentOrder(Action<IOrderEditor> work)
        {
            Host.Run(false, () => PluginContext.Operations.TryEditCurrentOrder(x => work(new OrderEditor(x.Item2, x.Item1))));
        }

        public void EditStoredOrder(string orderId, Action<IOrderEditor> work)
        {
            var order = Host.Run(false, () => PluginContext.Operations.TryGetOrderById(Guid.Parse(orderId)));
            if (order == null) throw new FrontRefusal("orderClosed", "gone");
            work(new OrderEditor(PluginContext.Operations, order));
        }

        public string ExternalData(string orderId, string key)
        {
            return Host.Run(false, () =>
            {
                var order = PluginContext.Operations.TryGetOrderById(Guid.Parse(orderId));
                return order == null ? null : PluginContext.Operations.TryGetOrderExternalDataByKey(order, key);
            });
        }

        public void Tell(string text, MessageLevel level)
        {
            Guard("message", () =>
            {
                var stays = TimeSpan.FromSeconds(level == MessageLevel.Info ? 5 : 15);
                if (level == MessageLevel.Error) PluginContext.Operations.AddErrorMessage(text, Texts.Sender, stays);
                else if (level == MessageLevel.Warning) PluginContext.Operations.AddWarningMessage(text, Texts.Sender, stays);
                else PluginContext.Operations.AddNotificationMessage(text, Texts.Sender, stays);
                return true;
            });
        }

        /// <summary>Nothing leaves a handler: an exception there can take the process down.</summary>
        private bool Guard(string what, Func<bool> handler)
        {
            try
            {
                return handler();
            }
            catch (Exception error)
            {
                log.Write("error", what + ": " + error.GetType().Name);
                return false;
            }
        }

        private static FrontScan Scan(string kind, string raw, Tracks tracks, IOrder order, IOperationService os)
        {
            return new FrontScan { Kind = kind, Raw = raw, Tracks = tracks, Order = order == null ? null : Host.FactsOf(order), Editor = order == null ? null : new OrderEditor(os, order) };
        }

        private static Tracks TracksOf(CardInputDialogResult card)
        {
            return new Tracks { Full = Short(card.FullCardTrack), Track1 = Short(card.Track1), Track2 = Short(card.Track2), Track3 = Short(card.Track3) };
        }

        /// <summary>A track has some hundred characters; what is longer than the contract takes is no card.</summary>
        private static string Short(string track)
        {
            return string.IsNullOrEmpty(track) || track.Length > Wire.LongestRaw ? null : track;
        }

        private static bool Screen(IFrontEvents events, IScreen screen)
        {
            var withOrder = screen as IScreenWithOrder;
            var order = withOrder == null || withOrder.Order == null ? null : Host.FactsOf(withOrder.Order);
            events.ScreenChanged(KindOf(screen), order);
            return true;
        }

        private static ScreenKind KindOf(IScreen screen)
        {
            if (screen is IDeliveryOrderEditScreen) return ScreenKind.Delivery;
            if (screen is IOrderEditScreen) return ScreenKind.OrderEdit;
            if (screen is IOrderPayScreen) return ScreenKind.Payment;
            return screen is ILockScreen ? ScreenKind.Lock : ScreenKind.Other;
        }

        private sealed class Observer<T> : IObserver<T>
        {
            private readonly Action<T> next;

            public Observer(Action<T> next)
            {
                this.next = next;
            }

            public void OnNext(T value)
            {
                next(value);
            }

            public void OnCompleted()
            {
            }

            public void OnError(Exception error)
            {
            }
        }
    }
}
