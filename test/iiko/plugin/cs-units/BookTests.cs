using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Tillbridge.Iiko.Tests
{
    internal static class BookTests
    {
        public static void Add(List<KeyValuePair<string, Action>> all)
        {
            all.Test("an action is begun once, and its result is kept", () => WithBook((open, clock) =>
            {
                var book = open();
                ActionResult known;
                Check.Same(ActionBook.Standing.New, book.Begin("a", out known));
                Check.Same(ActionBook.Standing.UnderWay, book.Begin("a", out known));
                book.End("a", new ActionResult { Outcome = "applied", Evidence = "orderShowsCard", OrderNumber = 7 });
                book.End("a", ActionResult.Of("unknown"));
                Check.Same(ActionBook.Standing.Known, book.Begin("a", out known));
                Check.Same("applied", known.Outcome);
            }));
            all.Test("a plugin that was started anew knows what it did", () => WithBook((open, clock) =>
            {
                ActionResult known;
                var first = open();
                first.Begin("a", out known);
                first.End("a", new ActionResult { Outcome = "applied", Evidence = "orderShowsCard", OrderId = "o", OrderNumber = 7, Revision = 3 });
                first.Sent(first.FirstUnsent());
                var second = open();
                Check.Same(ActionBook.Standing.Known, second.Begin("a", out known));
                Check.Same("applied orderShowsCard o 7 3", known.Outcome + " " + known.Evidence + " " + known.OrderId + " " + known.OrderNumber + " " + known.Revision);
            }));
            all.Test("what was in hand when the plugin died is never done again: nobody knows", () => WithBook((open, clock) =>
            {
                ActionResult known;
                open().Begin("a", out known);
                var second = open();
                Check.Same("a", second.FirstUnsent().Id);
                Check.Same("unknown restart", second.FirstUnsent().Result.Outcome + " " + second.FirstUnsent().Result.Detail);
                Check.Same(ActionBook.Standing.Known, second.Begin("a", out known));
                Check.Same("unknown", known.Outcome);
            }));
            all.Test("results are sent oldest first, until sent, for ten minutes, over a restart", () => WithBook((open, clock) =>
            {
                ActionResult known;
                var book = open();
                foreach (var id in new[] { "a", "b", "c" })
                {
                    book.Begin(id, out known);
                    book.End(id, ActionResult.Of("applied"));
                    clock.Advance(1000);
                }
                Check.Same("a", book.FirstUnsent().Id);
                book.Sent(book.FirstUnsent());
                Check.Same("b", open().FirstUnsent().Id);
                clock.Advance(ActionBook.KeepSendingMs - 1500);
                Check.Same("c", open().FirstUnsent().Id);
                clock.Advance(1500);
                Check.True(open().FirstUnsent() == null, "sent for ever");
            }));
            all.Test("asked for again, a result is sent again", () => WithBook((open, clock) =>
            {
                ActionResult known;
                var book = open();
                book.Begin("a", out known);
                book.End("a", ActionResult.Of("applied"));
                book.Sent(book.FirstUnsent());
                Check.True(book.FirstUnsent() == null, "unsent");
                book.Begin("a", out known);
                Check.Same("a", book.FirstUnsent().Id);
            }));
            all.Test("asked for again while it was being sent, it is sent again", () => WithBook((open, clock) =>
            {
                ActionResult known;
                var book = open();
                book.Begin("a", out known);
                book.End("a", ActionResult.Of("applied"));
                var underWay = book.FirstUnsent();
                book.Begin("a", out known);
                book.Sent(underWay);
                Check.Same("a", book.FirstUnsent().Id);
                book.Sent(book.FirstUnsent());
                Check.True(book.FirstUnsent() == null, "sent for ever");
            }));
            all.Test("the book stays small, in memory and on the disk", () => WithBook((open, clock) =>
            {
                ActionResult known;
                var book = open();
                book.Begin("in hand", out known);
                for (var i = 0; i < 250; i++)
                {
                    book.Begin("id" + i, out known);
                    book.End("id" + i, ActionResult.Of("applied"));
                    book.Sent(book.FirstUnsent());
                }
                Check.Same(ActionBook.Standing.UnderWay, book.Begin("in hand", out known));
                Check.Same(ActionBook.Standing.Known, book.Begin("id249", out known));
                Check.Same(ActionBook.Standing.New, book.Begin("id0", out known));
                Check.True(File.ReadAllLines(Path(open)).Length < 700, "file too long");
            }));
            all.Test("a line that a crash cut off, and rubbish, are passed over", () => WithBook((open, clock) =>
            {
                ActionResult known;
                var book = open();
                book.Begin("a", out known);
                book.End("a", ActionResult.Of("applied"));
                book.Begin("b", out known);
                book.End("b", ActionResult.Of("notFound"));
                var whole = File.ReadAllBytes(Path(open));
                for (var length = 0; length <= whole.Length; length += length < whole.Length - 5 ? 5 : 1)
                {
                    File.WriteAllBytes(Path(open), whole.Take(length).ToArray());
                    var again = open();
                    var standing = again.Begin("a", out known);
                    Check.True(standing == ActionBook.Standing.New || known.Outcome == "applied" || known.Outcome == "unknown", "cut at " + length + ": " + standing);
                    if (length == whole.Length) Check.Same("applied", known.Outcome);
                }
                var random = new Random(3);
                for (var i = 0; i < 60; i++)
                {
                    var rubbish = new byte[random.Next(200)];
                    random.NextBytes(rubbish);
                    File.WriteAllBytes(Path(open), rubbish);
                    open();
                }
            }));
            all.Test("a disk that fails leaves the memory", () =>
            {
                var log = new Lines();
                var book = new ActionBook("/nowhere/at/all.txt", new HandClock(), log);
                ActionResult known;
                Check.Same(ActionBook.Standing.New, book.Begin("a", out known));
                Check.Same(ActionBook.Standing.UnderWay, book.Begin("a", out known));
                book.End("a", ActionResult.Of("applied"));
                Check.Same(ActionBook.Standing.Known, book.Begin("a", out known));
                Check.Same(1, log.All.Count);
            });
        }

        private static void WithBook(Action<Func<ActionBook>, HandClock> test)
        {
            Check.InFolder(folder =>
            {
                var clock = new HandClock { WallMs = 1000000 };
                opened = System.IO.Path.Combine(folder, "book.txt");
                test(() => new ActionBook(opened, clock, new Lines()), clock);
            });
        }

        private static string opened;

        private static string Path(Func<ActionBook> open)
        {
            return opened;
        }
    }
}
