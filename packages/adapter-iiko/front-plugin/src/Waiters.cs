using System;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace Tillbridge.Iiko
{
    /// <summary>What waiters' terminals write to orders is one more way for a read to come in. The orders need not be on a screen.</summary>
    public sealed class Waiters : IDisposable
    {
        private const int PauseMs = 1000;
        private readonly IFront front;
        private readonly Daemon daemon;
        private readonly Action<CashierMessage> say;
        private readonly Action<FrontAction, Deadline> handOver;
        private readonly Watch watch = new Watch();
        private readonly Worker worker;
        private readonly IClock clock;

        public Waiters(IFront front, Daemon daemon, IClock clock, Action<CashierMessage> say, Action<FrontAction, Deadline> handOver, ILogSink log, Func<double> random)
        {
            this.front = front;
            this.daemon = daemon;
            this.clock = clock;
            this.say = say;
            this.handOver = handOver;
            worker = new Worker("waiters", Look, log, random);
        }

        public void Start()
        {
            worker.Start();
        }

        public void Dispose()
        {
            worker.Dispose();
        }

        public void Changed(OrderFacts order)
        {
            var session = daemon.Session;
            var settings = daemon.Settings;
            if (session == null || session.WatchKey == null || settings == null || !settings.WatchWaiters) return;
            if (watch.Changed(order)) worker.Wake();
        }

        private void Look(Worker self)
        {
            var orderId = watch.Next();
            if (orderId == null)
            {
                self.Sleep(Timeout.Infinite);
                return;
            }
            var session = daemon.Session;
            var settings = daemon.Settings;
            if (session == null || session.WatchKey == null || settings == null)
            {
                watch.Again(orderId);
                self.Pause(PauseMs);
                return;
            }
            var value = front.ExternalData(orderId, session.WatchKey);
            if (!watch.IsNew(orderId, value)) return;
            var raw = ScanText.OfBarcode(value);
            if (raw.Length == 0) watch.Took(orderId, value);
            else Ask(self, session, orderId, value, new ScanBody { Session = session.Id, Scan = ScanIdOf(settings, orderId, value), Kind = "externalData", Raw = raw, OrderId = orderId, WaitMs = session.ScanWaitMs });
        }

        private void Ask(Worker self, Session session, string orderId, string value, ScanBody body)
        {
            var reply = daemon.Call("scan", body, body.WaitMs + 500);
            var answer = Daemon.Parse<ScanAnswer>(reply);
            if (answer == null)
            {
                if (daemon.Note(reply, session).Next == Next.Drop) watch.Took(orderId, value);
                else watch.Again(orderId);
                self.Pause(PauseMs);
                return;
            }
            watch.Took(orderId, value);
            say(answer.Message);
            if (answer.Action != null) handOver(answer.Action, new Deadline(clock, answer.Action.SpanMs));
        }

        /// <summary>The same for the same value on the same order, also after a restart; says nothing of the value to whoever has no secret.</summary>
        private static string ScanIdOf(Settings settings, string orderId, string value)
        {
            using (var mac = new HMACSHA256(Encoding.ASCII.GetBytes(settings.Secret)))
            {
                var text = new StringBuilder();
                var hash = mac.ComputeHash(Encoding.UTF8.GetBytes(orderId + "\n" + value));
                for (var i = 0; i < 16; i++) text.Append(hash[i].ToString("x2"));
                return text.ToString();
            }
        }
    }
}
