namespace Tillbridge.Iiko.Tests
{
    /// <summary>An order, three cards and a guest; a till that shows it.</summary>
    internal static class Shop
    {
        public static FrontAction Card()
        {
            return new FrontAction { Id = "a", Kind = "applyDiscountCard", Place = "screen", OrderId = "o-1", ScreenSeq = 2, Number = "2000000012345" };
        }

        public static HandEditor Editor()
        {
            var editor = new HandEditor();
            editor.Cards["2000000012345"] = new DiscountCard { Number = "2000000012345", DiscountType = "gold", ByNumber = true };
            editor.Cards["price"] = new DiscountCard { Number = "price", PriceCategory = "vip", ByNumber = true };
            editor.Cards["swipe"] = new DiscountCard { Number = "swipe", DiscountType = "gold", ByNumber = false };
            editor.Phones["79991234567"] = "guest-1";
            return editor;
        }

        public static Deadline Far()
        {
            return new Deadline(new SystemClock(), 30000);
        }

        public static ActionRunner Runner(Authorize authorize = null, Screens screens = null)
        {
            return new ActionRunner(authorize ?? ((id, order, ms) => new AuthorizeAnswer { Reason = "unreachable" }), screens ?? Showing("o-1"));
        }

        /// <summary>A till that shows this order, as its screen 2.</summary>
        public static Screens Showing(string orderId)
        {
            var screens = new Screens();
            screens.Show(ScreenKind.OrderEdit, new OrderFacts { Id = orderId });
            return screens;
        }
    }
}
