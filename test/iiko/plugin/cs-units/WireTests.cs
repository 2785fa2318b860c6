using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Tillbridge.Iiko.Tests
{
    internal static class WireTests
    {
        public static void Add(List<KeyValuePair<string, Action>> all)
        {
            all.Test("what may be absent is absent, not null", () =>
            {
                Check.Same("{\"id\":\"a\",\"outcome\":\"applied\",\"session\":\"s\"}", Text(new ResultBody { Session = "s", Id = "a", Outcome = "applied" }));
                Check.Same("{\"screen\":\"other\",\"seq\":4,\"session\":\"s\"}", Text(new ScreenBody { Session = "s", Seq = 4, Screen = "other" }));
            });
            all.Test("words and numbers that the contract would refuse are not sent", () =>
            {
                Check.Same("permission", Wire.Word("permission"));
                Check.Same("other", Wire.Word("List`1"));
                Check.Same("other", Wire.Word("два"));
                Check.Same("other", Wire.Word(new string('a', 65)));
                Check.Same(null, Wire.Word(null));
                Check.Same((int?)7, Wire.Number(7));
                Check.Same((int?)null, Wire.Number(-7));
            });
            all.Test("members that are not known are passed over, wrong ones refused", () =>
            {
                Check.Same("x", Json.Read<NextAnswer>(Bytes("{\"later\":[{}],\"action\":{\"id\":\"x\",\"kind\":\"message\",\"expiresInMs\":5,\"more\":1}}")).Action.Id);
                Check.True(Json.Read<NextAnswer>(Bytes("{\"action\":null}")).Action == null, "action");
                foreach (var wrong in new[] { "", "{", "[]", "null", "\"x\"", "<html>", "{}", "{\"action\":5}", "{\"action\":{\"id\":{}}}", "{\"action\":{\"id\":\"x\",\"kind\":\"m\",\"expiresInMs\":\"soon\"}}", new string('[', 1000), "{\"action\":{\"id\":\"x\",\"kind\":\"m\",\"expiresInMs\":1e99}}" })
                {
                    Check.Throws(() => Json.Read<NextAnswer>(Bytes(wrong)));
                }
            });
            all.Test("an error never repeats the text", () => Check.True(!Check.Throws(() => Json.Read<NextAnswer>(Bytes("2000000012345"))).Contains("20000"), "repeats it"));
            all.Test("too long is not read", () => Check.Same("too long", Check.Throws(() => Json.Read<NextAnswer>(new byte[Json.MostBytes + 1]))));
            all.Test("random bytes and random cuts never do worse than a FormatException", () =>
            {
                var random = new Random(11);
                var whole = Bytes("{\"action\":{\"id\":\"x\",\"kind\":\"setCoupons\",\"expiresInMs\":5000,\"place\":\"screen\",\"orderId\":\"o\",\"numbers\":[\"1\",\"2\"]}}");
                for (var i = 0; i < 3000; i++)
                {
                    var bytes = (byte[])whole.Clone();
                    for (var j = random.Next(4); j >= 0; j--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                    if (random.Next(2) == 0) Array.Resize(ref bytes, random.Next(bytes.Length));
                    try
                    {
                        Json.Read<NextAnswer>(bytes);
                    }
                    catch (FormatException)
                    {
                        // what it is for
                    }
                }
            });
            all.Test("the table of errors", () =>
            {
                Check.Same("GoOn 0 None", Of(200, null));
                Check.Same("WaitThenHello 30000 Secret", Of(401, "TB_API_UNAUTHORIZED"));
                Check.Same("WaitThenHello 60000 TwoPlugins", Of(409, "TB_TILL_IIKO_TWO_PLUGINS"));
                Check.Same("HelloNow 0 None", Of(428, "TB_TILL_IIKO_HELLO_AGAIN"));
                Check.Same("WaitThenHello 60000 Wire", Of(400, "TB_TILL_IIKO_WIRE"));
                Check.Same("Drop 5000 Other", Of(400, "TB_API_BAD_REQUEST"));
                Check.Same("WaitThenHello 30000 Other", Of(403, null));
                Check.Same("WaitThenHello 5000 Other", Of(404, null));
                Check.Same("WaitThenAgain 7000 Other", Of(429, null, 7000));
                Check.Same("WaitThenAgain -1 Other", Of(429, null));
                Check.Same("WaitThenAgain -1 Other", Of(503, null));
                Check.Same("WaitThenAgain -1 Other", Of(0, null));
            });
            all.Test("screens: numbered, the same again is no news, a paid order is gone", () =>
            {
                var screens = new Screens();
                var order = new OrderFacts { Id = "o-1", Number = 7 };
                Check.True(screens.Show(ScreenKind.OrderEdit, order), "news");
                Check.True(!screens.Show(ScreenKind.OrderEdit, order), "no news");
                Check.Same("orderEdit o-1 7 2", Of(screens));
                Check.True(screens.Show(ScreenKind.Payment, order), "payment");
                Check.True(!screens.Changed(new OrderFacts { Id = "o-2", State = OrderState.Closed }), "another order");
                Check.True(!screens.Changed(new OrderFacts { Id = "o-1", State = OrderState.Bill }), "a bill is still open");
                Check.True(screens.Changed(new OrderFacts { Id = "o-1", State = OrderState.Closed }), "paid");
                Check.Same("payment   4", Of(screens));
                screens.Show(ScreenKind.Delivery, order);
                Check.Same("delivery   5", Of(screens));
                screens.Show(ScreenKind.Lock, null);
                Check.Same("lock   6", Of(screens));
            });
            all.Test("screens: an order is unbroken until another one, or none, was open", () =>
            {
                var screens = new Screens();
                var order = new OrderFacts { Id = "O-1", Number = 7 };
                var other = new OrderFacts { Id = "o-2", Number = 8 };
                Check.True(!screens.Unbroken("o-1", 1) && !screens.Unbroken(null, 1), "nothing is open");
                screens.Show(ScreenKind.OrderEdit, order);
                screens.Show(ScreenKind.Payment, order);
                Check.Same("0 1 1 0", Unbroken(screens, "o-1", 1, 2, 3, 4));
                Check.True(!screens.Unbroken("o-1", null) && !screens.Unbroken("o-2", 2), "no screen, another order");
                screens.Show(ScreenKind.OrderEdit, other);
                Check.Same("0 0 0", Unbroken(screens, "o-1", 2, 3, 4));
                Check.Same("0 1", Unbroken(screens, "o-2", 3, 4));
                screens.Show(ScreenKind.OrderEdit, order);
                Check.Same("0 0 0 1 0", Unbroken(screens, "o-1", 2, 3, 4, 5, 6));
                screens.Show(ScreenKind.Lock, null);
                screens.Show(ScreenKind.OrderEdit, order);
                Check.Same("0 0 1", Unbroken(screens, "o-1", 5, 6, 7));
                screens.Changed(new OrderFacts { Id = "o-1", State = OrderState.Closed });
                Check.Same("0 0", Unbroken(screens, "o-1", 7, 8));
            });
            all.Test("orders of waiters: each value once, and not more than can be looked into", () =>
            {
                var watch = new Watch();
                var order = new OrderFacts { Id = "o-1" };
                Check.True(watch.Changed(order), "first");
                Check.True(!watch.Changed(order), "waits already");
                Check.Same("o-1", watch.Next());
                Check.True(watch.IsNew("o-1", "v") && !watch.IsNew("o-1", "") && !watch.IsNew("o-1", null), "new");
                watch.Took("o-1", "v");
                Check.True(!watch.IsNew("o-1", "v") && watch.IsNew("o-1", "w"), "taken");
                Check.True(!watch.Changed(new OrderFacts { Id = "o-2", State = OrderState.Bill }), "bill");
                for (var i = 0; i < 1000; i++) watch.Changed(new OrderFacts { Id = "n" + i });
                Check.Same(1000 - 128, watch.Dropped);
                Check.Same("n872", watch.Next());
            });
            all.Test("what the daemon says about waiting is bounded", () =>
            {
                var session = new Session(new HelloAnswer { Session = "s", NextWaitMs = 99999999, ScanWaitMs = 99999999, Language = "xx" });
                Check.Same("25000 2000 ru", session.NextWaitMs + " " + session.ScanWaitMs + " " + session.Language);
                Check.Same(0, new Session(new HelloAnswer { Session = "s", NextWaitMs = -5 }).NextWaitMs);
                Check.Same(600000L, new FrontAction { ExpiresInMs = long.MaxValue }.SpanMs);
                Check.Same(0L, new FrontAction { ExpiresInMs = -1 }.SpanMs);
            });
        }

        private static string Of(int status, string code, int retryAfterMs = 0)
        {
            var verdict = Policy.After(new Reply { Status = status, Code = code, RetryAfterMs = retryAfterMs });
            return verdict.Next + " " + verdict.WaitMs + " " + verdict.Trouble;
        }

        private static string Unbroken(Screens screens, string orderId, params long[] seqs)
        {
            return string.Join(" ", seqs.Select(seq => screens.Unbroken(orderId, seq) ? "1" : "0").ToArray());
        }

        private static string Of(Screens screens)
        {
            var now = screens.Now;
            return now.Screen + " " + now.OrderId + " " + now.OrderNumber + " " + now.Seq;
        }

        private static string Text<T>(T value)
        {
            return Encoding.UTF8.GetString(Json.Write(value));
        }

        private static byte[] Bytes(string text)
        {
            return Encoding.UTF8.GetBytes(text);
        }
    }
}
