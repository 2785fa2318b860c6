using System;

namespace Tillbridge.Iiko
{
    /// <summary>What the cashier sees, numbered. The newest is all that counts.</summary>
    public sealed class Screens
    {
        private readonly object gate = new object();
        private ScreenState now = new ScreenState { Seq = 1, Screen = "other" };

        /// <summary>The first of the screens in a row that show the order of the newest.</summary>
        private long since = 1;

        public ScreenState Now
        {
            get { lock (gate) return now; }
        }

        /// <summary>Whether that is news.</summary>
        public bool Show(ScreenKind kind, OrderFacts order)
        {
            var open = HasOrder(kind) && order != null && IsOpen(order);
            return Set(Name(kind), open ? order.Id : null, open ? order.Number : (int?)null);
        }

        /// <summary>An order that is paid or deleted is no longer the open one, also while its screen is still there.</summary>
        public bool Changed(OrderFacts order)
        {
            lock (gate)
            {
                if (now.OrderId == null || !IsSame(now.OrderId, order.Id) || IsOpen(order)) return false;
                return Set(now.Screen, null, null);
            }
        }

        /// <summary>
        /// Whether this order, and nothing else, was open from that screen on until now. The daemon goes by what has reached it: while the word of another
        /// order is on its way, it takes a code that is shown for that one for one of the order before.
        /// </summary>
        public bool Unbroken(string orderId, long? seq)
        {
            lock (gate) return now.OrderId != null && IsSame(now.OrderId, orderId) && seq >= since && seq <= now.Seq;
        }

        private static bool IsSame(string orderId, string other)
        {
            return string.Equals(orderId, other, StringComparison.OrdinalIgnoreCase);
        }

        private static bool IsOpen(OrderFacts order)
        {
            return order.State == OrderState.New || order.State == OrderState.Bill;
        }

        private static bool HasOrder(ScreenKind kind)
        {
            return kind == ScreenKind.OrderEdit || kind == ScreenKind.Payment;
        }

        private static string Name(ScreenKind kind)
        {
            switch (kind)
            {
                case ScreenKind.OrderEdit:
                    return "orderEdit";
                case ScreenKind.Payment:
                    return "payment";
                case ScreenKind.Delivery:
                    return "delivery";
                case ScreenKind.Lock:
                    return "lock";
                default:
                    return "other";
            }
        }

        private bool Set(string screen, string orderId, int? orderNumber)
        {
            lock (gate)
            {
                if (now.Screen == screen && now.OrderId == orderId) return false;
                if (!IsSame(now.OrderId, orderId)) since = now.Seq + 1;
                now = new ScreenState { Seq = now.Seq + 1, Screen = screen, OrderId = orderId, OrderNumber = Wire.Number(orderNumber) };
                return true;
            }
        }
    }
}
