using System;
using System.Collections.Generic;
using System.Threading;

namespace Tillbridge.Iiko
{
    /// <summary>
    /// Edits on a thread of their own, because the till blocks the caller until its screen is idle. Whoever asked waits until the action is over; what was not
    /// begun by then is struck off, and when the screen comes free later nothing happens.
    /// </summary>
    public sealed class EditDesk : IDisposable
    {
        /// <summary>An edit that was begun gets so much longer; then nobody knows.</summary>
        public const int GraceMs = 30000;

        private readonly object gate = new object();
        private readonly Queue<Ticket> queue = new Queue<Ticket>();
        private readonly Worker worker;
        private readonly ActionRunner runner;
        private readonly int graceMs;

        public EditDesk(string name, ActionRunner runner, ILogSink log, Func<double> random, int graceMs = GraceMs)
        {
            this.runner = runner;
            this.graceMs = graceMs;
            worker = new Worker(name, Step, log, random);
        }

        /// <summary>How the order is got at: runs what it is given with an editor, now or later, or throws FrontRefusal.</summary>
        public delegate void Door(Action<IOrderEditor> work);

        public void Start()
        {
            worker.Start();
        }

        public void Dispose()
        {
            worker.Dispose();
        }

        /// <summary>Blocks until there is a result. Never throws.</summary>
        public ActionResult Run(FrontAction action, Deadline deadline, Door door)
        {
            var ticket = new Ticket(action, deadline, door);
            lock (gate) queue.Enqueue(ticket);
            worker.Wake();
            if (ticket.Wait(deadline.RemainingMs)) return ticket.Result;
            if (ticket.StrikeOff()) return ActionResult.Of("busyTimeout");
            return ticket.Wait(graceMs) ? ticket.Result : ActionResult.Of("unknown", "hostHangs");
        }

        private void Step(Worker self)
        {
            Ticket ticket = null;
            lock (gate)
            {
                if (queue.Count > 0) ticket = queue.Dequeue();
            }
            if (ticket == null) self.Sleep(Timeout.Infinite);
            else if (ticket.IsWaiting) Serve(ticket);
        }

        private void Serve(Ticket ticket)
        {
            try
            {
                ticket.Door(editor =>
                {
                    // the till may come back to this long after everybody has given up
                    if (ticket.Begin()) ticket.Finish(runner.Run(ticket.Action, ticket.Deadline, editor));
                });
                ticket.Finish(ActionResult.Of("hostError", "notCalled"));
            }
            catch (FrontRefusal refusal)
            {
                ticket.Finish(new ActionResult { Outcome = refusal.Outcome, Detail = refusal.Detail, HostText = refusal.HostText });
            }
            catch (Exception error)
            {
                ticket.Finish(ActionResult.Of(ticket.WasBegun ? "unknown" : "hostError", error.GetType().Name));
            }
        }

        /// <summary>Waiting, then begun or struck off: whoever comes first decides.</summary>
        private sealed class Ticket
        {
            private const int Waiting = 0;
            private const int Begun = 1;
            private const int StruckOff = 2;
            private readonly ManualResetEvent done = new ManualResetEvent(false);
            private int state = Waiting;
            private ActionResult result;

            public Ticket(FrontAction action, Deadline deadline, Door door)
            {
                Action = action;
                Deadline = deadline;
                Door = door;
            }

            public FrontAction Action { get; private set; }

            public Deadline Deadline { get; private set; }

            public Door Door { get; private set; }

            public ActionResult Result { get { return result; } }

            public bool IsWaiting { get { return Thread.VolatileRead(ref state) == Waiting; } }

            public bool WasBegun { get { return Thread.VolatileRead(ref state) == Begun; } }

            public bool Begin()
            {
                return Interlocked.CompareExchange(ref state, Begun, Waiting) == Waiting;
            }

            public bool StrikeOff()
            {
                return Interlocked.CompareExchange(ref state, StruckOff, Waiting) == Waiting;
            }

            /// <summary>The first result counts.</summary>
            public void Finish(ActionResult value)
            {
                if (Interlocked.CompareExchange(ref result, value, null) == null) done.Set();
            }

            public bool Wait(int ms)
            {
                return done.WaitOne(ms);
            }
        }
    }
}
