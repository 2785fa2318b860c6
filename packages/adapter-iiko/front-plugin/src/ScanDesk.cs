using System;
using System.Threading;

namespace Tillbridge.Iiko
{
    /// <summary>
    /// Asks the daemon about one read on behalf of a handler that the till waits for. The call is on a thread of its own, so that a daemon that hangs costs the
    /// till the budget and not more; while it hangs the next reads cost nothing.
    /// </summary>
    public sealed class ScanDesk : IDisposable
    {
        /// <summary>A handler is over after this, in milliseconds, whatever happens.</summary>
        public const int HandlerMs = 2500;

        private const int AnswerMs = 500;

        /// <summary>So much longer the answer itself is waited for: it may bring an action, and what becomes of that must be said.</summary>
        private const int LateMs = 3000;

        private readonly Daemon daemon;
        private readonly Action<FrontAction> tooLate;
        private readonly Worker worker;
        private Ask slot;

        /// <param name="tooLate">An action came when nobody waited for it any more.</param>
        public ScanDesk(Daemon daemon, Action<FrontAction> tooLate, ILogSink log, Func<double> random)
        {
            this.daemon = daemon;
            this.tooLate = tooLate;
            worker = new Worker("scan", Step, log, random);
        }

        public void Start()
        {
            worker.Start();
        }

        public void Dispose()
        {
            worker.Dispose();
        }

        /// <summary>Null: there was no answer in time, or the one before still waits for its own.</summary>
        public ScanAnswer Answer(ScanBody body, Session session)
        {
            var ask = new Ask(body, session);
            if (Interlocked.CompareExchange(ref slot, ask, null) != null) return null;
            worker.Wake();
            return ask.Wait(Math.Min(HandlerMs, body.WaitMs + AnswerMs));
        }

        private void Step(Worker self)
        {
            var ask = slot;
            if (ask == null)
            {
                self.Sleep(Timeout.Infinite);
                return;
            }
            try
            {
                var reply = daemon.Call("scan", ask.Body, ask.Body.WaitMs + LateMs);
                // a connection that the daemon closed while it was idle; the same scan again is the same read
                if (reply.WasCutOff) reply = daemon.Call("scan", ask.Body, ask.Body.WaitMs + LateMs);
                if (!reply.Ok) daemon.Note(reply, ask.Session);
                var answer = Daemon.Parse<ScanAnswer>(reply);
                if (!ask.Give(answer) && answer != null && answer.Action != null) tooLate(answer.Action);
            }
            finally
            {
                ask.Give(null);
                Interlocked.Exchange(ref slot, null);
            }
        }

        private sealed class Ask
        {
            private readonly object gate = new object();
            private bool over;
            private ScanAnswer answer;

            public Ask(ScanBody body, Session session)
            {
                Body = body;
                Session = session;
            }

            public ScanBody Body { get; private set; }

            public Session Session { get; private set; }

            /// <summary>False: nobody waits any more, or it has one.</summary>
            public bool Give(ScanAnswer value)
            {
                lock (gate)
                {
                    if (over) return false;
                    over = true;
                    answer = value;
                    Monitor.PulseAll(gate);
                    return true;
                }
            }

            public ScanAnswer Wait(int ms)
            {
                var end = Environment.TickCount + ms;
                lock (gate)
                {
                    while (!over)
                    {
                        var left = end - Environment.TickCount;
                        if (left <= 0 || !Monitor.Wait(gate, left)) break;
                    }
                    over = true;
                    return answer;
                }
            }
        }
    }
}
