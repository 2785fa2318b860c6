using System;
using System.Threading;

namespace Tillbridge.Iiko
{
    /// <summary>A thread that repeats one step and survives whatever the step throws. iikoFront disables a plugin whose process dies five times in an hour.</summary>
    public sealed class Worker : IDisposable
    {
        private readonly Action<Worker> step;
        private readonly ILogSink log;
        private readonly BackOff backOff;
        private readonly ManualResetEvent stopping = new ManualResetEvent(false);
        private readonly AutoResetEvent woken = new AutoResetEvent(false);
        private readonly Thread thread;
        private readonly string name;

        public Worker(string name, Action<Worker> step, ILogSink log, Func<double> random)
        {
            this.name = name;
            this.step = step;
            this.log = log;
            backOff = new BackOff(500, 30000, random);
            thread = new Thread(Run) { IsBackground = true, Name = "Tillbridge " + name };
        }

        public bool Stopping { get { return stopping.WaitOne(0); } }

        public void Start()
        {
            thread.Start();
        }

        public void Wake()
        {
            woken.Set();
        }

        /// <summary>Until the time is over, somebody wakes it, or it is to stop. -1: no limit.</summary>
        public void Sleep(int ms)
        {
            WaitHandle.WaitAny(new WaitHandle[] { stopping, woken }, ms);
        }

        /// <summary>Like Sleep, but nobody shortens it.</summary>
        public void Pause(int ms)
        {
            stopping.WaitOne(ms);
        }

        public void Stop()
        {
            stopping.Set();
        }

        /// <summary>Waits a moment for the end; a thread that the till holds is left behind, it is a background one.</summary>
        public void Dispose()
        {
            Stop();
            if (thread.IsAlive && Thread.CurrentThread != thread) thread.Join(1000);
        }

        private void Run()
        {
            while (!Stopping)
            {
                try
                {
                    step(this);
                    backOff.Succeeded();
                }
                catch (Exception error)
                {
                    log.Write("error", name + ": " + error.GetType().Name);
                    Pause(backOff.NextMs());
                }
            }
        }
    }
}
