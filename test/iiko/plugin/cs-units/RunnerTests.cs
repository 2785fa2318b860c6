using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Tillbridge.Iiko.Tests
{
    internal static class RunnerTests
    {
        private static readonly string[] Changing = { "AddDiscountByCard", "SetCoupons", "AddGuest", "RemoveGuest", "CreateGuest", "SetExternalData" };

        public static void Add(List<KeyValuePair<string, Action>> all)
        {
            Func<FrontAction> card = Shop.Card;
            Func<HandEditor> shop = Shop.Editor;
            Check.Same(true, Changing.Length > 0);

            all.Test("a discount card is on the order when the order shows it", () => Expect("applied / orderShowsCard", shop(), card()));
            all.Test("a till that says yes and does nothing: noEffect", () =>
            {
                var editor = shop();
                editor.Deaf = true;
                Expect("noEffect / ", editor, card());
            });
            all.Test("a price category counts as well", () =>
            {
                var action = card();
                action.Number = "price";
                Expect("applied / orderShowsCard", shop(), action);
            });
            all.Test("a card that needs a swipe", () =>
            {
                var action = card();
                action.Number = "swipe";
                ExpectUnchanged("notAllowed cardType", shop(), action);
            });
            all.Test("an unknown card", () =>
            {
                var action = card();
                action.Number = "nobody";
                ExpectUnchanged("notFound ", shop(), action);
            });
            all.Test("the same card twice is alreadyApplied, another of that discount is a conflict", () =>
            {
                var runner = Shop.Runner();
                var editor = shop();
                Check.Same("applied", Run(runner, editor, card()).Outcome);
                Check.Same("alreadyApplied", Run(runner, editor, card()).Outcome);
                editor.Cards["other"] = new DiscountCard { Number = "other", DiscountType = "gold", ByNumber = true };
                var action = card();
                action.Number = "other";
                var result = Run(runner, editor, action);
                Check.Same("conflict discountPresent", result.Outcome + " " + result.Detail);
                Check.Same(1, editor.Order.Discounts.Count);
            });
            all.Test("the order was left and opened again since the daemon decided: nothing is changed", () =>
            {
                var away = Shop.Showing("o-1");
                away.Show(ScreenKind.OrderEdit, new OrderFacts { Id = "o-2" });
                away.Show(ScreenKind.OrderEdit, new OrderFacts { Id = "o-1" });
                var editor = shop();
                var action = card();
                foreach (var seq in new long?[] { 2, 3, 5, null })
                {
                    action.ScreenSeq = seq;
                    Check.Same("wrongOrder", Shop.Runner(null, away).Run(action, Shop.Far(), editor).Outcome);
                }
                Check.True(!editor.Calls.Any(Changing.Contains), "the order was changed");
                action.ScreenSeq = 4;
                Check.Same("applied", Shop.Runner(null, away).Run(action, Shop.Far(), editor).Outcome);
            });
            all.Test("what is for an order by its id does not mind the screen", () =>
            {
                var action = card();
                action.Place = "order";
                action.ScreenSeq = null;
                Check.Same("applied", Shop.Runner(null, new Screens()).Run(action, Shop.Far(), shop()).Outcome);
            });
            all.Test("the screen is left between the look and the edit: the second try sees it", () =>
            {
                var screens = Shop.Showing("o-1");
                var editor = shop();
                editor.Before = call =>
                {
                    if (call != "AddDiscountByCard") return;
                    screens.Show(ScreenKind.Lock, null);
                    screens.Show(ScreenKind.OrderEdit, new OrderFacts { Id = "o-1" });
                    throw new FrontRefusal("conflict", "modified");
                };
                Check.Same("wrongOrder", Shop.Runner(null, screens).Run(card(), Shop.Far(), editor).Outcome);
                Check.Same(0, editor.Order.Discounts.Count);
            });
            all.Test("another order: nothing is changed", () =>
            {
                var action = card();
                action.OrderId = "o-2";
                ExpectUnchanged("wrongOrder ", shop(), action);
            });
            foreach (var state in new[] { OrderState.Bill, OrderState.Closed, OrderState.Deleted })
            {
                var now = state;
                all.Test("an order that is " + state + ": nothing is changed", () =>
                {
                    var editor = shop();
                    editor.Order.State = now;
                    ExpectUnchanged("orderClosed ", editor, card());
                });
            }
            all.Test("too old: nothing is even looked at", () =>
            {
                var clock = new HandClock();
                var editor = shop();
                var deadline = new Deadline(clock, 1000);
                clock.WallMs += 1000;
                Check.Same("expired", Shop.Runner().Run(card(), deadline, editor).Outcome);
                Check.Same(0, editor.Calls.Count);
            });
            all.Test("a conflict of revisions is tried once more, and the second try looks again", () =>
            {
                var editor = shop();
                var times = 0;
                editor.Before = call =>
                {
                    if (call == "AddDiscountByCard" && times++ == 0) throw new FrontRefusal("conflict", "modified");
                };
                Expect("applied / orderShowsCard", editor, card());
                Check.Same(2, times);
            });
            all.Test("the second try sees that the order was paid meanwhile", () =>
            {
                var editor = shop();
                editor.Before = call =>
                {
                    if (call != "AddDiscountByCard") return;
                    editor.Order.State = OrderState.Closed;
                    throw new FrontRefusal("conflict", "modified");
                };
                Expect("orderClosed / ", editor, card());
                Check.Same(0, editor.Order.Discounts.Count);
            });
            all.Test("two conflicts are one", () =>
            {
                var editor = shop();
                editor.Before = call =>
                {
                    if (call == "AddDiscountByCard") throw new FrontRefusal("conflict", "modified");
                };
                var result = Run(Shop.Runner(), editor, card());
                Check.Same("conflict modified", result.Outcome + " " + result.Detail);
                Check.Same(2, editor.Calls.Count(call => call == "AddDiscountByCard"));
            });
            all.Test("the till fails at the change: the order says whether it is done", () =>
            {
                var editor = shop();
                var done = true;
                editor.Before = call =>
                {
                    if (call != "AddDiscountByCard") return;
                    if (done) editor.Order.Discounts.Add("gold");
                    throw new FrontRefusal("unknown", "TimeoutException");
                };
                Expect("applied / orderShowsCard", editor, card());
                done = false;
                editor.Order.Discounts.Clear();
                var result = Run(Shop.Runner(), editor, card());
                Check.Same("unknown TimeoutException", result.Outcome + " " + result.Detail);
            });
            all.Test("the change is done but cannot be read back: submitted", () =>
            {
                var editor = shop();
                editor.Before = call =>
                {
                    if (call == "Read" && editor.Order.Discounts.Count > 0) throw new FrontRefusal("hostError", "x");
                };
                Check.Same("submitted", Run(Shop.Runner(), editor, card()).Outcome);
            });

            all.Test("coupons are added to those that the order has", () =>
            {
                var editor = shop();
                editor.Order.Coupons.Add("old");
                Expect("applied / orderShowsCoupon", editor, new FrontAction { Id = "c", Kind = "setCoupons", OrderId = "o-1", Numbers = new List<string> { "new" } });
                Check.Same("old,new", string.Join(",", editor.Order.Coupons.ToArray()));
                ExpectUnchanged("alreadyApplied ", editor, new FrontAction { Id = "d", Kind = "setCoupons", OrderId = "o-1", Numbers = new List<string> { "new" } });
            });

            Func<FrontAction> bind = () => new FrontAction { Id = "g", Kind = "bindGuest", OrderId = "o-1", Phone = "79991234567" };
            all.Test("a guest by phone", () => Expect("applied / orderShowsGuest", shop(), bind()));
            all.Test("a guest that is there", () =>
            {
                var editor = shop();
                editor.Order.Guests.Add("guest-1");
                ExpectUnchanged("alreadyApplied ", editor, bind());
            });
            all.Test("another guest stays, unless it is to be replaced", () =>
            {
                var editor = shop();
                editor.Order.Guests.Add("guest-2");
                ExpectUnchanged("conflict otherGuest", editor, bind());
                var action = bind();
                action.Replace = true;
                Expect("applied / orderShowsGuest", editor, action);
                Check.Same("guest-1", string.Join(",", editor.Order.Guests.ToArray()));
            });
            all.Test("an unknown guest is only made where a name is given", () =>
            {
                var action = bind();
                action.Phone = "70000000000";
                ExpectUnchanged("notFound ", shop(), action);
                action.CreateName = "Guest";
                Expect("applied / orderShowsGuest", shop(), action);
            });
            all.Test("a search that this till cannot do", () => ExpectUnchanged("unsupportedByApiVersion guestByCard", shop(), new FrontAction { Id = "g", Kind = "bindGuest", OrderId = "o-1", CardNumber = "1" }));

            Func<FrontAction> authorize = () => new FrontAction { Id = "i", Kind = "authorizeIikoCard", OrderId = "o-1", Credential = "79991234567", Scope = "phone" };
            all.Test("the POS server put the guest on the order", () =>
            {
                var editor = shop();
                Expect("applied / orderShowsGuest", editor, authorize(), (id, order, ms) =>
                {
                    editor.Order.Guests.Add("loyal");
                    return new AuthorizeAnswer { Done = true };
                });
            });
            all.Test("another guest goes when the new one is there, and not before", () =>
            {
                var editor = shop();
                editor.Order.Guests.Add("guest-2");
                var action = authorize();
                action.Replace = true;
                ExpectUnchanged("noEffect ", editor, action, (id, order, ms) => new AuthorizeAnswer { Done = true });
                Authorize put = (id, order, ms) =>
                {
                    editor.Order.Guests.Add("loyal");
                    return new AuthorizeAnswer { Done = true };
                };
                Expect("applied / orderShowsGuest", editor, action, put);
                Check.Same("loyal", string.Join(",", editor.Order.Guests.ToArray()));
                editor.Order.Guests.Clear();
                editor.Order.Guests.Add("guest-2");
                editor.Before = call =>
                {
                    if (call == "RemoveGuest") throw new FrontRefusal("notAllowed", "permission");
                };
                var result = Run(Shop.Runner(put), editor, action);
                Check.Same("applied otherGuestStays", result.Outcome + " " + result.Detail);
            });
            all.Test("the POS server says yes and does nothing: noEffect", () => ExpectUnchanged("noEffect ", shop(), authorize(), (id, order, ms) => new AuthorizeAnswer { Done = true }));
            all.Test("then the till's own directory helps", () =>
            {
                var action = authorize();
                action.Fallback = new GuestKey { Phone = "79991234567" };
                Expect("applied / orderShowsGuest", shop(), action, (id, order, ms) => new AuthorizeAnswer { Done = true });
                Expect("applied / orderShowsGuest", shop(), action, (id, order, ms) => new AuthorizeAnswer { Reason = "unreachable" });
            });
            all.Test("the POS server knows nobody, or nothing was learnt", () =>
            {
                ExpectUnchanged("notFound ", shop(), authorize(), (id, order, ms) => new AuthorizeAnswer { Reason = "notFound" });
                ExpectUnchanged("hostError unreachable", shop(), authorize(), (id, order, ms) => new AuthorizeAnswer { Reason = "unreachable" });
            });
            all.Test("asking took too long: no second way in", () =>
            {
                var clock = new HandClock();
                var editor = shop();
                var action = authorize();
                action.Fallback = new GuestKey { Phone = "79991234567" };
                action.ScreenSeq = 2;
                var runner = Shop.Runner((id, order, ms) =>
                {
                    clock.Advance(5000);
                    return new AuthorizeAnswer { Done = true };
                });
                Check.Same("expired", runner.Run(action, new Deadline(clock, 4000), editor).Outcome);
                Check.Same(0, editor.Order.Guests.Count);
            });
            all.Test("an iikoCard for an order that has a guest", () =>
            {
                var editor = shop();
                editor.Order.Guests.Add("guest-1");
                var asked = 0;
                Authorize count = (id, order, ms) =>
                {
                    asked++;
                    return new AuthorizeAnswer { Done = true };
                };
                ExpectUnchanged("conflict otherGuest", editor, authorize(), count);
                var action = authorize();
                action.Fallback = new GuestKey { Phone = "79991234567" };
                ExpectUnchanged("alreadyApplied ", editor, action, count);
                Check.Same(0, asked);
            });

            all.Test("external data is read back", () =>
            {
                var editor = shop();
                var action = new FrontAction { Id = "e", Kind = "setExternalData", OrderId = "o-1", Key = "k", Value = "v" };
                Expect("applied / orderShowsData", editor, action);
                ExpectUnchanged("alreadyApplied ", editor, action);
            });
            all.Test("an action of a later version is refused", () => ExpectUnchanged("unsupportedByApiVersion unknownAction", shop(), new FrontAction { Id = "x", Kind = "dance", OrderId = "o-1" }));
            all.Test("an action without what it needs is refused", () =>
            {
                foreach (var kind in new[] { "applyDiscountCard", "setCoupons", "bindGuest", "setExternalData" })
                {
                    ExpectUnchanged("hostError badAction", shop(), new FrontAction { Id = "x", Kind = kind, OrderId = "o-1" });
                }
            });
        }

        private static ActionResult Run(ActionRunner runner, HandEditor editor, FrontAction action)
        {
            action.ScreenSeq = 2;
            return runner.Run(action, Shop.Far(), editor);
        }

        private static void Expect(string outcomeAndEvidence, HandEditor editor, FrontAction action, Authorize authorize = null)
        {
            var result = Run(Shop.Runner(authorize), editor, action);
            Check.Same(outcomeAndEvidence, result.Outcome + " / " + result.Evidence);
        }

        private static void ExpectUnchanged(string outcomeAndDetail, HandEditor editor, FrontAction action, Authorize authorize = null)
        {
            var before = editor.Calls.Count;
            var result = Run(Shop.Runner(authorize), editor, action);
            Check.Same(outcomeAndDetail, result.Outcome + " " + result.Detail);
            Check.True(!editor.Calls.Skip(before).Any(Changing.Contains), "the order was changed");
        }
    }
}
