using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace Tillbridge.Iiko
{
    /// <summary>The plugin without the vendor: what happens on the till goes to the daemon, what the daemon asks for is done on the till.</summary>
    public sealed class Agent : IFrontEvents, IDisposable
    {
        private const int MostHandedOver = 8;
        private const int HandlerAskMs = 2000;
        private const int BeforeTillMs = 5000;
        private readonly IFront front;
        private readonly IClock clock;
        private readonly ILogSink log;
        private readonly Daemon daemon;
        private readonly ActionBook book;
        private readonly ActionRunner runner;
        private readonly EditDesk screenEdits;
        private readonly EditDesk storedEdits;
        private readonly ScanDesk scanDesk;
        private readonly Screens screens = new Screens();
        private readonly Waiters waiters;
        private readonly Worker poll;
        private readonly Worker report;
        private readonly Worker show;
        private readonly Worker carry;
        private readonly object gate = new object();
        private readonly Queue<Handed> handed = new Queue<Handed>();
        private readonly BackOff reportPause;
        private readonly BackOff showPause;
        private long shownSeq;
        private int emptyAnswers;
        private volatile bool connected;
        private string refusedBefore;
        private long refusedAtMs;

        /// <param name="configFolder">Has tillbridge.json and tillbridge.secret.</param>
        /// <param name="dataFolder">Gets the book of actions.</param>
        public Agent(IFront front, string configFolder, string dataFolder, string version, ILogSink log, IClock clock, Func<double> random, Func<Daemon, ILink> openLink)
        {
            this.front = front;
            this.clock = clock;
            this.log = log;
            daemon = new Daemon(configFolder, version, front, log, random, openLink);
            book = new ActionBook(Path.Combine(dataFolder, "tillbridge-actions.txt"), clock, log);
            runner = new ActionRunner(AskToAuthorize, screens);
            screenEdits = new EditDesk("edit", runner, log, random);
            storedEdits = new EditDesk("edit stored", runner, log, random);
            scanDesk = new ScanDesk(daemon, TooLate, log, random);
            reportPause = new BackOff(500, 4000, random);
            showPause = new BackOff(500, 4000, random);
            poll = new Worker("poll", Poll, log, random);
            report = new Worker("report", Report, log, random);
            show = new Worker("screen", Show, log, random);
            waiters = new Waiters(front, daemon, clock, Say, HandOver, log, random);
            carry = new Worker("carry", CarryHanded, log, random);
        }

        public void Start()
        {
            screenEdits.Start();
            storedEdits.Start();
            scanDesk.Start();
            foreach (var worker in new[] { report, show, carry, poll }) worker.Start();
            waiters.Start();
        }

        public void Dispose()
        {
            var workers = new[] { poll, report, show, carry };
            foreach (var worker in workers) worker.Stop();
            daemon.Close();
            foreach (var worker in workers) worker.Dispose();
            waiters.Dispose();
            scanDesk.Dispose();
            screenEdits.Dispose();
            storedEdits.Dispose();
        }

        public bool Scanned(FrontScan scan)
        {
            try
            {
                var session = daemon.Session;
                // while the daemon is away a read must cost the till nothing
                if (session == null || !session.Scans || !connected) return false;
                if (scan.BeforeTill && !WantsEveryScreen()) return false;
                // a plugin that was started in the middle of an order has not been told its screen
                if (!scan.BeforeTill && scan.Order != null) ScreenChanged(ScreenKind.OrderEdit, scan.Order);
                var body = Body(scan, session);
                if (body == null || (!scan.BeforeTill && WasRefused(body.Raw))) return false;
                var answer = scanDesk.Answer(body, session);
                if (answer == null) log.Write("warn", "a read was not answered in time");
                if (scan.BeforeTill && (answer == null || !answer.Handled)) Refused(body.Raw);
                if (answer == null) return false;
                Say(answer.Message);
                if (answer.Action != null) Do(answer.Action, scan.Editor);
                return answer.Handled;
            }
            catch (Exception error)
            {
                log.Write("error", "scan: " + error.GetType().Name);
                return false;
            }
        }

        public void ScreenChanged(ScreenKind screen, OrderFacts order)
        {
            if (screens.Show(screen, order)) show.Wake();
        }

        public void OrderChanged(OrderFacts order)
        {
            if (screens.Changed(order)) show.Wake();
            waiters.Changed(order);
        }

        private ScanBody Body(FrontScan scan, Session session)
        {
            var raw = scan.Tracks == null ? ScanText.OfBarcode(scan.Raw) : "";
            if (scan.Tracks == null && raw.Length == 0) return null;
            return new ScanBody
            {
                Session = session.Id,
                Scan = Guid.NewGuid().ToString("D"),
                Kind = scan.Kind,
                Raw = raw,
                Tracks = scan.Tracks,
                OrderId = scan.Order == null ? null : scan.Order.Id,
                Screen = screens.Now,
                WaitMs = session.ScanWaitMs
            };
        }

        private bool WantsEveryScreen()
        {
            var settings = daemon.Settings;
            return settings != null && settings.EveryScreen;
        }

        private void Refused(string raw)
        {
            lock (gate)
            {
                refusedBefore = raw;
                refusedAtMs = clock.MonotonicMs;
            }
        }

        /// <summary>The same read a second time, after the till knew nothing about it either.</summary>
        private bool WasRefused(string raw)
        {
            lock (gate) return refusedBefore != null && refusedBefore == raw && clock.MonotonicMs - refusedAtMs < BeforeTillMs;
        }

        private void Poll(Worker self)
        {
            var session = daemon.Session;
            if (session == null)
            {
                connected = false;
                var screen = screens.Now;
                if (!daemon.Greet(self, screen)) return;
                lock (gate) shownSeq = screen.Seq;
                connected = true;
                report.Wake();
                show.Wake();
                return;
            }
            var asked = clock.MonotonicMs;
            // after a trouble a short one first: reads are only asked about when it is known to be over
            var waitMs = connected ? session.NextWaitMs : 0;
            var reply = daemon.Call("next", new NextBody { Session = session.Id, WaitMs = waitMs }, waitMs + 5000);
            var answer = Daemon.Parse<NextAnswer>(reply);
            if (answer == null)
            {
                connected = false;
                daemon.Obey(self, reply.Ok ? new Reply { Status = 0, Trouble = "badAnswer" } : reply, session);
                return;
            }
            connected = true;
            daemon.Answered();
            if (answer.Action != null)
            {
                emptyAnswers = 0;
                Carry(answer.Action, new Deadline(clock, answer.Action.SpanMs));
                return;
            }
            // a daemon that answers at once, again and again, must not be asked a thousand times a second
            emptyAnswers = waitMs > 0 && clock.MonotonicMs - asked < 100 ? Math.Min(emptyAnswers + 1, 20) : 0;
            if (emptyAnswers > 0) self.Pause(100 * emptyAnswers);
        }

        /// <summary>Blocks until the action is over.</summary>
        private void Carry(FrontAction action, Deadline deadline)
        {
            ActionResult known;
            var standing = book.Begin(action.Id, out known);
            if (standing == ActionBook.Standing.New) End(action, Result(action, deadline));
            else report.Wake();
        }

        private ActionResult Result(FrontAction action, Deadline deadline)
        {
            if (action.Kind == "message") return Told(action, deadline);
            if (action.Place == "screen") return screenEdits.Run(action, deadline, front.EditCurrentOrder);
            if (action.Place == "order" && action.OrderId != null) return storedEdits.Run(action, deadline, work => front.EditStoredOrder(action.OrderId, work));
            return ActionResult.Of("hostError", "badAction");
        }

        private ActionResult Told(FrontAction action, Deadline deadline)
        {
            if (deadline.IsOver) return ActionResult.Of("expired");
            front.Tell(action.Text, Level(action.Level));
            return new ActionResult { Outcome = "applied", Evidence = "shown" };
        }

        private void End(FrontAction action, ActionResult result)
        {
            book.End(action.Id, result);
            log.Write("info", action.Kind + " " + action.Id + ": " + result.Outcome + (result.Detail == null ? "" : " " + result.Detail));
            report.Wake();
        }

        /// <summary>What came with the answer to a scan: with the handler's own editor there and then, else after the handler.</summary>
        private void Do(FrontAction action, IOrderEditor editor)
        {
            var deadline = new Deadline(clock, action.SpanMs);
            if (editor == null || action.Kind == "message" || action.Place != "screen")
            {
                HandOver(action, deadline);
                return;
            }
            ActionResult known;
            if (book.Begin(action.Id, out known) == ActionBook.Standing.New) End(action, runner.Run(action, deadline, editor, HandlerAskMs));
            else report.Wake();
        }

        private void HandOver(FrontAction action, Deadline deadline)
        {
            lock (gate)
            {
                if (handed.Count < MostHandedOver)
                {
                    handed.Enqueue(new Handed { Action = action, Deadline = deadline });
                    carry.Wake();
                    return;
                }
            }
            ActionResult known;
            if (book.Begin(action.Id, out known) == ActionBook.Standing.New) End(action, ActionResult.Of("busyTimeout", "queueFull"));
        }

        private void CarryHanded(Worker self)
        {
            Handed next = null;
            lock (gate)
            {
                if (handed.Count > 0) next = handed.Dequeue();
            }
            if (next == null) self.Sleep(Timeout.Infinite);
            else Carry(next.Action, next.Deadline);
        }

        private void TooLate(FrontAction action)
        {
            ActionResult known;
            if (book.Begin(action.Id, out known) == ActionBook.Standing.New) End(action, ActionResult.Of("expired", "handlerOver"));
        }

        private AuthorizeAnswer AskToAuthorize(string actionId, string orderId, int budgetMs)
        {
            var session = daemon.Session;
            if (session == null) return new AuthorizeAnswer { Reason = "unreachable" };
            var reply = daemon.Call("authorize", new AuthorizeBody { Session = session.Id, Id = actionId, OrderId = orderId }, budgetMs);
            if (!reply.Ok) daemon.Note(reply, session);
            return Daemon.Parse<AuthorizeAnswer>(reply) ?? new AuthorizeAnswer { Reason = "unreachable" };
        }

        private void Report(Worker self)
        {
            var unsent = book.FirstUnsent();
            var session = daemon.Session;
            if (unsent == null || session == null)
            {
                self.Sleep(Timeout.Infinite);
                return;
            }
            var result = unsent.Result;
            var body = new ResultBody
            {
                Session = session.Id,
                Id = unsent.Id,
                Outcome = result.Outcome,
                Detail = Wire.Word(result.Detail),
                Evidence = result.Evidence,
                OrderId = result.OrderId,
                OrderNumber = Wire.Number(result.OrderNumber),
                Revision = result.Revision,
                HostText = result.HostText
            };
            var reply = daemon.Call("result", body, Daemon.CallMs);
            var answer = Daemon.Parse<ResultAnswer>(reply);
            if (answer != null && answer.Id == unsent.Id)
            {
                book.Sent(unsent);
                reportPause.Succeeded();
                Say(answer.Message);
                return;
            }
            if (!reply.Ok && daemon.Note(reply, session).Next == Next.Drop) book.Sent(unsent);
            self.Pause(reportPause.NextMs());
        }

        private void Show(Worker self)
        {
            var now = screens.Now;
            var session = daemon.Session;
            long shown;
            lock (gate) shown = shownSeq;
            if (session == null || shown >= now.Seq)
            {
                self.Sleep(Timeout.Infinite);
                return;
            }
            var body = new ScreenBody { Session = session.Id, Seq = now.Seq, Screen = now.Screen, OrderId = now.OrderId, OrderNumber = now.OrderNumber };
            var reply = daemon.Call("screen", body, Daemon.CallMs);
            if (!reply.Ok && daemon.Note(reply, session).Next != Next.Drop)
            {
                self.Pause(showPause.NextMs());
                return;
            }
            showPause.Succeeded();
            log.Write("info", "screen told: " + now.Screen + (now.OrderId == null ? "" : " with order " + now.OrderNumber));
            lock (gate) shownSeq = Math.Max(shownSeq, now.Seq);
        }

        private void Say(CashierMessage message)
        {
            if (message != null && !string.IsNullOrEmpty(message.Text)) front.Tell(message.Text, Level(message.Level));
        }

        private static MessageLevel Level(string level)
        {
            return level == "error" ? MessageLevel.Error : level == "warning" ? MessageLevel.Warning : MessageLevel.Info;
        }

        private sealed class Handed
        {
            public FrontAction Action;
            public Deadline Deadline;
        }
    }
}
