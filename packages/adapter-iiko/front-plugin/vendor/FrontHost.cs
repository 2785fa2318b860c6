// The one file that knows the vendor's assemblies. FRONT_V8, FRONT_V9 or FRONT_V10 says which Resto.Front.Api it is compiled against.
// Names and signatures: the public code reference of Syrve POS Api V8, V9 and V10 (docs/ of the front.api.sdk repository).
using System;
using System.Collections.Generic;
using System.Linq;
using Resto.Front.Api;
using Resto.Front.Api.Attributes;
using Resto.Front.Api.Data.Brd;
using Resto.Front.Api.Data.Common;
using Resto.Front.Api.Data.Orders;
using Resto.Front.Api.Data.Screens;
using Resto.Front.Api.Data.View;
using Resto.Front.Api.Editors;
using Resto.Front.Api.Exceptions;
using Resto.Front.Api.UI;
#if FRONT_V10
using Resto.Front.Api.Data.Device;
#endif

namespace Tillbridge.Iiko
{
    /// <summary>What iikoFront loads. Its constructor must not throw, whatever is missing: that would count as a crash.</summary>
    [PluginLicenseModuleId(BuildFacts.LicenseModuleId)]
    public sealed class Plugin : IFrontPlugin
    {
        private const long MostLogBytes = 1024 * 1024;
        private readonly List<IDisposable> subscriptions = new List<IDisposable>();
        private Agent agent;

        public Plugin()
        {
            try
            {
                Begin();
            }
            catch (Exception error)
            {
                // nothing else is left: the till goes on without cards
                PluginContext.Log.Error("Tillbridge did not start: " + error.GetType().Name);
            }
        }

        public void Dispose()
        {
            foreach (var one in subscriptions)
            {
                try
                {
                    one.Dispose();
                }
                catch (Exception)
                {
                    // iikoFront went away first
                }
            }
            subscriptions.Clear();
            if (agent != null) agent.Dispose();
        }

        private void Begin()
        {
            var folder = PluginContext.Integration.GetConfigsDirectoryPath();
            System.IO.Directory.CreateDirectory(folder);
            var log = new BoundedLog(System.IO.Path.Combine(folder, "tillbridge.log"), MostLogBytes, () => DateTime.Now);
            log.Write("info", "Tillbridge " + BuildFacts.Version + " for API " + FrontHost.Api);
            var random = new Random();
            Func<double> chance = () =>
            {
                lock (random) return random.NextDouble();
            };
            var front = new FrontHost(log);
            agent = new Agent(front, folder, folder, BuildFacts.Version, log, new SystemClock(), chance, daemon => new HttpLink(() => daemon.Settings));
            front.Listen(agent, subscriptions);
            agent.Start();
        }
    }

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
                events.OrderChanged(FactsOf(change.Entity));
                return true;
            }))));
        }

        public void EditCurrentOrder(Action<IOrderEditor> work)
        {
            Translated(false, () => PluginContext.Operations.TryEditCurrentOrder(x => work(new Editor(x.Item2, x.Item1))));
        }

        public void EditStoredOrder(string orderId, Action<IOrderEditor> work)
        {
            var order = Translated(false, () => PluginContext.Operations.TryGetOrderById(Guid.Parse(orderId)));
            if (order == null) throw new FrontRefusal("orderClosed", "gone");
            work(new Editor(PluginContext.Operations, order));
        }

        public string ExternalData(string orderId, string key)
        {
            return Translated(false, () =>
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
            return new FrontScan { Kind = kind, Raw = raw, Tracks = tracks, Order = order == null ? null : FactsOf(order), Editor = order == null ? null : new Editor(os, order) };
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
            var order = withOrder == null || withOrder.Order == null ? null : FactsOf(withOrder.Order);
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

        private static OrderFacts FactsOf(IOrder order)
        {
            var loyalty = order.IikoCard51Info;
            return new OrderFacts
            {
                Id = order.Id.ToString("D"),
                Number = order.Number,
                Revision = order.Revision,
                State = StateOf(order.Status),
                Guests = order.CustomerIds.Select(id => id.ToString("D")).ToList(),
                Discounts = order.Discounts.Where(item => item.DiscountType != null).Select(item => item.DiscountType.Id.ToString("D")).ToList(),
                Coupons = CouponsOf(loyalty).Select(coupon => coupon.Number).ToList(),
                PriceCategory = order.PriceCategory == null ? null : order.PriceCategory.Id.ToString("D")
            };
        }

        private static OrderState StateOf(OrderStatus status)
        {
            switch (status)
            {
                case OrderStatus.New:
                    return OrderState.New;
                case OrderStatus.Bill:
                    return OrderState.Bill;
                case OrderStatus.Deleted:
                    return OrderState.Deleted;
                default:
                    return OrderState.Closed;
            }
        }

        private static IEnumerable<IIikoCard51CouponInfo> CouponsOf(IIikoCard51OrderInfo loyalty)
        {
            if (loyalty == null) return new IIikoCard51CouponInfo[0];
#if FRONT_V8
            return loyalty.Coupon == null ? new IIikoCard51CouponInfo[0] : new[] { loyalty.Coupon };
#else
            return loyalty.Coupons ?? (IEnumerable<IIikoCard51CouponInfo>)new IIikoCard51CouponInfo[0];
#endif
        }

        private static void Translated(bool changing, Action call)
        {
            Translated(changing, () =>
            {
                call();
                return true;
            });
        }

        /// <summary>Runs a call of the host and says what its exceptions mean in the words of the contract.</summary>
        private static T Translated<T>(bool changing, Func<T> call)
        {
            try
            {
                return call();
            }
            catch (Exception error)
            {
                if (error is FrontRefusal) throw;
                throw Refusal(error, changing);
            }
        }

        private static FrontRefusal Refusal(Exception error, bool changing)
        {
            if (error is NotSupportedException) return new FrontRefusal("wrongScreen", "notSupported");
            if (error is OperationCanceledException) return new FrontRefusal("wrongScreen", "left");
            if (error is EntityAlreadyInUseException) return new FrontRefusal("conflict", "inUse");
            if (error is EntityModifiedException) return new FrontRefusal("conflict", "modified");
            if (error is EntityNotFoundException) return new FrontRefusal("conflict", "gone");
            if (error is PermissionDeniedException) return new FrontRefusal("notAllowed", "permission");
            if (error is InsufficientLicenseException || error is LicenseRestrictionException) return new FrontRefusal("notAllowed", "licence", Masked(error.Message));
            if (error is ConstraintViolationException) return new FrontRefusal("notAllowed", "constraint");
            return new FrontRefusal(changing ? "unknown" : "hostError", error.GetType().Name);
        }

        private static string Masked(string text)
        {
            var clean = BoundedLog.Clean(text);
            return clean.Length > 300 ? clean.Substring(0, 300) : clean;
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

        /// <summary>The operation service that the till handed out is good for this order while its handler or callback lasts.</summary>
        private sealed class Editor : IOrderEditor
        {
            private readonly IOperationService os;
            private IOrder order;

            public Editor(IOperationService os, IOrder order)
            {
                this.os = os;
                this.order = order;
            }

            public OrderFacts Read()
            {
                return Translated(false, () =>
                {
                    var now = os.TryGetOrderById(order.Id);
                    if (now == null) return null;
                    order = now;
                    return FactsOf(now);
                });
            }

            public DiscountCard FindDiscountCard(string number)
            {
                return Translated(false, () =>
                {
                    var card = os.SearchDiscountCardByNumber(number);
                    if (card == null) return null;
                    return new DiscountCard
                    {
                        Number = number,
                        DiscountType = card.DiscountType == null ? null : card.DiscountType.Id.ToString("D"),
                        PriceCategory = card.PriceCategory == null ? null : card.PriceCategory.Id.ToString("D"),
                        ByNumber = card.DiscountType == null ? card.PriceCategory != null : card.DiscountType.CanApplyByCardNumber
                    };
                });
            }

            public void AddDiscountByCard(DiscountCard card)
            {
                var own = Translated(false, () => os.SearchDiscountCardByNumber(card.Number));
                if (own == null) throw new FrontRefusal("notFound", null);
                Submit(session => session.AddDiscountByCardNumber(card.Number, order, own));
            }

            public void SetCoupons(IList<string> numbers)
            {
#if FRONT_V8
                if (numbers.Count > 1) throw new FrontRefusal("conflict", "couponPresent");
                Submit(session => session.ChangeOrderIikoCard5Coupon(numbers[0], order));
#else
                Submit(session => session.ChangeOrderIikoCard5Coupons(numbers.ToList(), order));
#endif
            }

            public string FindGuestByPhone(string phone)
            {
                return IdOf(Translated(false, () => os.TryGetClientByPhone(phone, os.GetDefaultCredentials())));
            }

            public string FindGuestByCard(string cardNumber)
            {
#if FRONT_V8
                throw new FrontRefusal("unsupportedByApiVersion", "guestByCard");
#else
                return IdOf(Translated(false, () => os.TryGetClientByCardNumber(cardNumber, os.GetDefaultCredentials())));
#endif
            }

            public string CreateGuest(string name, string phone, string cardNumber)
            {
                var id = Guid.NewGuid();
                var phones = phone == null ? null : new List<PhoneDto> { new PhoneDto { PhoneValue = phone, IsMain = true } };
                Submit(session => session.CreateClient(id, name, phones, cardNumber, DateTime.Now));
                return id.ToString("D");
            }

            public void AddGuest(string guestId)
            {
                WithGuest(guestId, guest => os.AddClientToOrder(order, guest, os.GetDefaultCredentials()));
            }

            public void RemoveGuest(string guestId)
            {
                WithGuest(guestId, guest => os.RemoveOrderClient(order, guest, os.GetDefaultCredentials()));
                Read();
            }

            public string ExternalData(string key)
            {
                return Translated(false, () => os.TryGetOrderExternalDataByKey(order, key));
            }

            public void SetExternalData(string key, string value, bool isPublic)
            {
#if FRONT_V8
                Submit(session => session.AddOrderExternalData(key, value, isPublic, order));
#else
                Submit(session => session.AddOrderExternalData(key, new ExternalDataItem(value, isPublic), order));
#endif
            }

            private static string IdOf(IClient guest)
            {
                return guest == null ? null : guest.Id.ToString("D");
            }

            private void WithGuest(string guestId, Action<IClient> change)
            {
                var guest = Translated(false, () => os.TryGetClientById(Guid.Parse(guestId)));
                if (guest == null) throw new FrontRefusal("notFound", "guestGone");
                Translated(true, () => change(guest));
            }

            private void Submit(Action<IEditSession> edit)
            {
                var session = Translated(false, () =>
                {
                    var fresh = os.CreateEditSession();
                    edit(fresh);
                    return fresh;
                });
                var credentials = Translated(false, () => os.GetDefaultCredentials());
                Translated(true, () => os.SubmitChanges(session, credentials));
            }
        }
    }
}
