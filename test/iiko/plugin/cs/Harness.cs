// Runs the real plugin on the simulated till, steered by lines on stdin: `n command argument...`, answered by `n answer`.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Resto.Front.Api;
using Resto.Front.Api.Data.Common;
#if FRONT_V10
using Resto.Front.Api.Data.Device;
#endif
using Resto.Front.Api.Data.Orders;
using Resto.Front.Api.Data.Screens;
using Resto.Front.Api.Data.View;
using Resto.Front.Api.UI;

namespace Tillbridge.Iiko.Tests
{
    public sealed class Handlers<T> : INotification<T, bool>, IDisposable
    {
        private Func<T, bool> handler;

        public IDisposable Subscribe(Func<T, bool> subscriber)
        {
            handler = subscriber;
            return this;
        }

        public bool Raise(T value)
        {
            var now = handler;
            return now != null && now(value);
        }

        public void Dispose()
        {
            handler = null;
        }
    }

    public sealed class Stream<T> : IObservable<T>, IDisposable
    {
        private IObserver<T> observer;

        public IDisposable Subscribe(IObserver<T> subscriber)
        {
            observer = subscriber;
            return this;
        }

        public void Raise(T value)
        {
            var now = observer;
            if (now != null) now.OnNext(value);
        }

        public void Dispose()
        {
            observer = null;
        }
    }

    public sealed class Notifications : INotificationService
    {
        public readonly Handlers<(string barcode, IOrder order, IOperationService os, IViewManager vm)> Barcode = new Handlers<(string barcode, IOrder order, IOperationService os, IViewManager vm)>();
        public readonly Handlers<(CardInputDialogResult card, IOrder order, IOperationService os, IViewManager vm)> Card = new Handlers<(CardInputDialogResult card, IOrder order, IOperationService os, IViewManager vm)>();
        public readonly Stream<IScreen> Screens = new Stream<IScreen>();
        public readonly Stream<EntityChangedEventArgs<IOrder>> Orders = new Stream<EntityChangedEventArgs<IOrder>>();

        public INotification<(string barcode, IOrder order, IOperationService os, IViewManager vm), bool> OrderEditBarcodeScanned { get { return Barcode; } }

        public INotification<(CardInputDialogResult card, IOrder order, IOperationService os, IViewManager vm), bool> OrderEditCardSlided { get { return Card; } }

        public IObservable<IScreen> ScreenChanged { get { return Screens; } }

        public IObservable<EntityChangedEventArgs<IOrder>> OrderChanged { get { return Orders; } }

#if FRONT_V10
        public readonly Handlers<CardScannedEventArgs> Any = new Handlers<CardScannedEventArgs>();

        public INotification<CardScannedEventArgs, bool> CardScanned { get { return Any; } }
#endif
    }

    public static class Harness
    {
        private static SimulatedTill till;
        private static Notifications notifications;
        private static Plugin plugin;

        [DllImport("libc")]
        private static extern void _exit(int status);

        public static int Main(string[] args)
        {
            AppDomain.CurrentDomain.UnhandledException += (sender, e) => Console.WriteLine("0 CRASH " + e.ExceptionObject.GetType().Name);
            till = new SimulatedTill(args[0]);
            notifications = new Notifications();
            PluginContext.StandIn(till, notifications, till, till);
            for (var i = 1; i + 1 < args.Length; i += 2) till.Fault(args[i], args[i + 1]);
            plugin = new Plugin();
            string line;
            while ((line = Console.ReadLine()) != null)
            {
                var words = line.Split(' ');
                if (words[1] == "quit")
                {
                    plugin.Dispose();
                    Console.WriteLine(words[0] + " bye");
                    Console.Out.Flush();
                    // mono 6.8 may hang or abort in its own shutdown while its thread pool still has a timer: the plugin is over by now
                    _exit(0);
                }
                // each on a thread of its own, as the host does it: a handler that hangs must not hold up the next command
                var thread = new Thread(() => Serve(words)) { IsBackground = true };
                thread.Start();
            }
            return 0;
        }

        private static void Serve(string[] words)
        {
            string answer;
            try
            {
                answer = Do(words[1], words.Skip(2).Select(Uri.UnescapeDataString).ToArray());
            }
            catch (Exception error)
            {
                answer = "THROWN " + error.GetType().Name;
            }
            lock (notifications)
            {
                Console.WriteLine(words[0] + " " + answer);
                Console.Out.Flush();
            }
        }

        private static string Do(string command, string[] args)
        {
            switch (command)
            {
                case "card":
                    return AddCard(args[0], args[1]);
                case "guest":
                    var client = new Client { Id = Guid.NewGuid(), Phone = args[0], CardNumber = args[1] };
                    till.Clients[client.Id] = client;
                    return client.Id.ToString("D");
                case "bind":
                    till.Orders[Guid.Parse(args[0])].Customers.Add(Guid.Parse(args[1]));
                    return "ok";
                case "order":
                    return till.Open(int.Parse(args[0])).Id.ToString("D");
                case "screen":
                    return Show(args, true);
                case "quietly":
                    return Show(args, false);
                case "status":
                    return Status(Guid.Parse(args[0]), args[1]);
                case "barcode":
                    return Timed(() => notifications.Barcode.Raise((args[0], Current(), till, null)));
                case "slide":
                    return Timed(() => notifications.Card.Raise((new CardInputDialogResult(args[1], args[0], args[2], ""), Current(), till, null)));
#if FRONT_V10
                case "any":
                    return Timed(() => notifications.Any.Raise(new CardScannedEventArgs(args[0], CardScanDeviceType.Scanner)));
#endif
                case "waiter":
                    till.Orders[Guid.Parse(args[0])].External[args[1]] = args[2];
                    notifications.Orders.Raise(new EntityChangedEventArgs<IOrder>(till.Snapshot(Guid.Parse(args[0])), EntityEventType.Updated));
                    return "ok";
                case "busy":
                    till.Busy(args[0] == "on");
                    return "ok";
                case "deaf":
                    till.Deaf = args[0] == "on";
                    return "ok";
                case "fault":
                    till.Fault(args[0], args[1]);
                    return "ok";
                case "see":
                    return See(till.Snapshot(Guid.Parse(args[0])));
                case "messages":
                    return string.Join("|", till.Messages.ToArray());
                default:
                    return "THROWN unknown " + command;
            }
        }

        private static string AddCard(string number, string kind)
        {
            var card = new Card { Id = Guid.NewGuid(), CardNumber = number };
            if (kind == "price") card.PriceCategory = new Entity { Id = Guid.NewGuid() };
            else card.DiscountType = new Entity { Id = Guid.NewGuid(), CanApplyByCardNumber = kind != "swipe" };
            till.Cards[number] = card;
            return (card.DiscountType == null ? card.PriceCategory.Id : card.DiscountType.Id).ToString("D");
        }

        private static IOrder Current()
        {
            var screen = till.Screen as OrderScreen;
            return screen == null ? null : screen.Order;
        }

        private static string Show(string[] args, bool tell)
        {
            var id = args.Length > 1 ? Guid.Parse(args[1]) : Guid.Empty;
            switch (args[0])
            {
                case "edit":
                    till.Screen = new EditScreen(till, id);
                    break;
                case "pay":
                    till.Screen = new PayScreen(till, id);
                    break;
                case "lock":
                    till.Screen = new LockScreen();
                    break;
                default:
                    till.Screen = new OtherScreen();
                    break;
            }
            if (tell) notifications.Screens.Raise(till.Screen);
            return "ok";
        }

        private static string Status(Guid id, string status)
        {
            var order = till.Orders[id];
            order.Status = (OrderStatus)Enum.Parse(typeof(OrderStatus), status);
            order.Revision++;
            notifications.Orders.Raise(new EntityChangedEventArgs<IOrder>(till.Snapshot(id), EntityEventType.Updated));
            return "ok";
        }

        private static string Timed(Func<bool> handler)
        {
            var watch = Stopwatch.StartNew();
            var handled = handler();
            return (handled ? "handled " : "passed ") + watch.ElapsedMilliseconds;
        }

        private static string See(Order order)
        {
            var parts = new List<string>
            {
                "discounts=" + string.Join(",", order.DiscountTypes.Select(type => type.Id.ToString("D")).ToArray()),
                "guests=" + string.Join(",", order.Customers.Select(id => id.ToString("D")).ToArray()),
                "coupons=" + string.Join(",", order.CouponNumbers.ToArray()),
                "price=" + (order.Category == null ? "" : order.Category.Id.ToString("D")),
                "data=" + string.Join(",", order.External.Select(pair => pair.Key + ":" + pair.Value).ToArray()),
                "submitted=" + till.Submitted
            };
            return string.Join(";", parts.ToArray());
        }
    }
}
