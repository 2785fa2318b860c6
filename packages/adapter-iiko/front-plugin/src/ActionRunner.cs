using System;
using System.Collections.Generic;
using System.Linq;

namespace Tillbridge.Iiko
{
    /// <summary>Whether the daemon's POS server put the guest on the order, asked from inside the edit.</summary>
    public delegate AuthorizeAnswer Authorize(string actionId, string orderId, int budgetMs);

    /// <summary>
    /// Carries one action out on an order under edit. Its first step is always to look again: not expired, that very order, still New, no
    /// other one on the screen since the daemon was told of it. The result rests on the order as read back, never on a call that did not throw.
    /// </summary>
    public sealed class ActionRunner
    {
        /// <summary>The time for asking the daemon from inside an edit.</summary>
        public const int AskMs = 5000;

        private const int MostRemembered = 256;
        private readonly Authorize authorize;
        private readonly Screens screens;
        private readonly object gate = new object();
        private readonly Queue<string> givenInTurn = new Queue<string>();
        private readonly HashSet<string> given = new HashSet<string>();

        public ActionRunner(Authorize authorize, Screens screens)
        {
            this.authorize = authorize;
            this.screens = screens;
        }

        /// <summary>Never throws.</summary>
        public ActionResult Run(FrontAction action, Deadline deadline, IOrderEditor editor, int askMs = AskMs)
        {
            try
            {
                try
                {
                    return LookAndDo(action, deadline, editor, askMs);
                }
                catch (FrontRefusal refusal)
                {
                    // the order changed between the look and the edit: one more try, which looks again
                    if (refusal.Outcome != "conflict" || refusal.Detail != "modified") throw;
                    return LookAndDo(action, deadline, editor, askMs);
                }
            }
            catch (FrontRefusal refusal)
            {
                return new ActionResult { Outcome = refusal.Outcome, Detail = refusal.Detail, HostText = refusal.HostText, OrderId = action.OrderId };
            }
            catch (Exception error)
            {
                return new ActionResult { Outcome = "unknown", Detail = error.GetType().Name, OrderId = action.OrderId };
            }
        }

        private ActionResult LookAndDo(FrontAction action, Deadline deadline, IOrderEditor editor, int askMs)
        {
            if (deadline.IsOver) return ActionResult.Of("expired");
            var order = editor.Read();
            if (order == null) return ActionResult.Of("wrongScreen", "noOrder");
            if (!string.Equals(order.Id, action.OrderId, StringComparison.OrdinalIgnoreCase)) return About(order, ActionResult.Of("wrongOrder"));
            if (order.State != OrderState.New) return About(order, ActionResult.Of("orderClosed"));
            if (action.Place != "order" && !screens.Unbroken(action.OrderId, action.ScreenSeq)) return About(order, ActionResult.Of("wrongOrder"));
            switch (action.Kind)
            {
                case "applyDiscountCard":
                    return ApplyDiscountCard(action, order, editor);
                case "setCoupons":
                    return SetCoupons(action, order, editor);
                case "bindGuest":
                    return BindGuest(new GuestKey { Phone = action.Phone, CardNumber = action.CardNumber }, action.CreateName, action.Replace, order, editor);
                case "authorizeIikoCard":
                    return AuthorizeIikoCard(action, deadline, order, editor, askMs);
                case "setExternalData":
                    return SetExternalData(action, order, editor);
                default:
                    return ActionResult.Of("unsupportedByApiVersion", "unknownAction");
            }
        }

        private ActionResult ApplyDiscountCard(FrontAction action, OrderFacts order, IOrderEditor editor)
        {
            var card = editor.FindDiscountCard(Need(action.Number));
            if (card == null) return About(order, ActionResult.Of("notFound"));
            if (!card.ByNumber) return About(order, ActionResult.Of("notAllowed", "cardType"));
            var before = Times(order, card);
            var mark = order.Id + "|" + card.Number;
            if (before > 0)
            {
                // the order names the kind of discount, not the card: only what we gave ourselves is known to be this card
                return About(order, WasGiven(mark) ? ActionResult.Of("alreadyApplied") : ActionResult.Of("conflict", "discountPresent"));
            }
            return Submit(editor, order, () => editor.AddDiscountByCard(card), after => Times(after, card) > before, "orderShowsCard", () => Remember(mark));
        }

        /// <summary>How often what the card gives is on the order.</summary>
        private static int Times(OrderFacts order, DiscountCard card)
        {
            if (card.DiscountType != null) return order.Discounts.Count(id => id == card.DiscountType);
            return card.PriceCategory != null && order.PriceCategory == card.PriceCategory ? 1 : 0;
        }

        private static ActionResult SetCoupons(FrontAction action, OrderFacts order, IOrderEditor editor)
        {
            if (action.Numbers == null || action.Numbers.Count == 0) throw new FrontRefusal("hostError", "badAction");
            var wanted = action.Numbers;
            if (wanted.All(order.Coupons.Contains)) return About(order, ActionResult.Of("alreadyApplied"));
            var all = order.Coupons.Concat(wanted).Distinct().ToList();
            return Submit(editor, order, () => editor.SetCoupons(all), after => wanted.All(after.Coupons.Contains), "orderShowsCoupon", null);
        }

        private static ActionResult BindGuest(GuestKey key, string createName, bool replace, OrderFacts order, IOrderEditor editor)
        {
            var guest = Find(key, editor);
            if (guest != null && order.Guests.Contains(guest)) return About(order, ActionResult.Of("alreadyApplied"));
            if (guest == null && createName == null) return About(order, ActionResult.Of("notFound"));
            if (order.Guests.Count > 0 && !replace) return About(order, ActionResult.Of("conflict", "otherGuest"));
            if (guest == null) guest = editor.CreateGuest(createName, key.Phone, key.CardNumber);
            return Bind(guest, order, editor);
        }

        private static ActionResult Bind(string guest, OrderFacts order, IOrderEditor editor)
        {
            foreach (var other in order.Guests) editor.RemoveGuest(other);
            return Submit(editor, order, () => editor.AddGuest(guest), after => after.Guests.Contains(guest), "orderShowsGuest", null);
        }

        private ActionResult AuthorizeIikoCard(FrontAction action, Deadline deadline, OrderFacts order, IOrderEditor editor, int askMs)
        {
            if (order.Guests.Count > 0 && !action.Replace)
            {
                var own = action.Fallback == null ? null : FindOrNull(action.Fallback, editor);
                return About(order, own != null && order.Guests.Contains(own) ? ActionResult.Of("alreadyApplied") : ActionResult.Of("conflict", "otherGuest"));
            }
            var answer = authorize(action.Id, order.Id, askMs);
            var after = editor.Read();
            if (after == null) return ActionResult.Of("unknown", "orderGone");
            if (after.Guests.Any(id => !order.Guests.Contains(id)))
            {
                var alone = RemoveAll(order.Guests, editor);
                return About(after, new ActionResult { Outcome = "applied", Evidence = "orderShowsGuest", Detail = alone ? null : "otherGuestStays" });
            }
            if (action.Fallback != null)
            {
                // asking took a while: the same look as before any other edit
                if (deadline.IsOver) return About(after, ActionResult.Of("expired"));
                if (after.State != OrderState.New) return About(after, ActionResult.Of("orderClosed"));
                var guest = FindOrNull(action.Fallback, editor);
                if (guest != null && after.Guests.Contains(guest)) return About(after, ActionResult.Of("alreadyApplied"));
                if (guest != null) return Bind(guest, after, editor);
            }
            if (answer.Done) return About(after, ActionResult.Of("noEffect"));
            return About(after, answer.Reason == "notFound" ? ActionResult.Of("notFound") : ActionResult.Of("hostError", answer.Reason ?? "authorize"));
        }

        /// <summary>The new guest is there, whatever becomes of the older ones.</summary>
        private static bool RemoveAll(IEnumerable<string> guests, IOrderEditor editor)
        {
            try
            {
                foreach (var guest in guests) editor.RemoveGuest(guest);
                return true;
            }
            catch (FrontRefusal)
            {
                return false;
            }
        }

        private static ActionResult SetExternalData(FrontAction action, OrderFacts order, IOrderEditor editor)
        {
            var key = Need(action.Key);
            var value = Need(action.Value);
            if (editor.ExternalData(key) == value) return About(order, ActionResult.Of("alreadyApplied"));
            return Submit(editor, order, () => editor.SetExternalData(key, value, action.IsPublic), after => editor.ExternalData(key) == value, "orderShowsData", null);
        }

        /// <summary>Changes the order and reads it back. A till that failed in between may have done it all the same: the order says.</summary>
        private static ActionResult Submit(IOrderEditor editor, OrderFacts before, Action change, Func<OrderFacts, bool> shows, string evidence, Action applied)
        {
            FrontRefusal refusal = null;
            try
            {
                change();
            }
            catch (FrontRefusal error)
            {
                if (error.Outcome != "unknown") throw;
                refusal = error;
            }
            OrderFacts after;
            bool seen;
            try
            {
                after = editor.Read();
                seen = after != null && shows(after);
            }
            catch (FrontRefusal)
            {
                return About(before, ActionResult.Of(refusal == null ? "submitted" : "unknown", refusal == null ? "readBack" : refusal.Detail));
            }
            if (!seen) return About(after ?? before, refusal == null ? ActionResult.Of("noEffect") : ActionResult.Of("unknown", refusal.Detail));
            if (applied != null) applied();
            return About(after, new ActionResult { Outcome = "applied", Evidence = evidence });
        }

        private static string Find(GuestKey key, IOrderEditor editor)
        {
            if (key.Phone != null) return editor.FindGuestByPhone(key.Phone);
            return editor.FindGuestByCard(Need(key.CardNumber));
        }

        /// <summary>As a help only: a till that cannot search has not found anybody.</summary>
        private static string FindOrNull(GuestKey key, IOrderEditor editor)
        {
            try
            {
                return Find(key, editor);
            }
            catch (FrontRefusal)
            {
                return null;
            }
        }

        private static string Need(string text)
        {
            if (string.IsNullOrEmpty(text)) throw new FrontRefusal("hostError", "badAction");
            return text;
        }

        private static ActionResult About(OrderFacts order, ActionResult result)
        {
            result.OrderId = order.Id;
            result.OrderNumber = order.Number;
            result.Revision = order.Revision;
            return result;
        }

        private bool WasGiven(string mark)
        {
            lock (gate) return given.Contains(mark);
        }

        private void Remember(string mark)
        {
            lock (gate)
            {
                if (!given.Add(mark)) return;
                givenInTurn.Enqueue(mark);
                if (givenInTurn.Count > MostRemembered) given.Remove(givenInTurn.Dequeue());
            }
        }
    }
}
