using System;
using System.Diagnostics;

namespace Tillbridge.Iiko
{
    /// <summary>What the rest knows of time. Tests put their own in its place.</summary>
    public interface IClock
    {
        /// <summary>Milliseconds of a clock that never goes back. It may stand still while the machine sleeps.</summary>
        long MonotonicMs { get; }

        /// <summary>Milliseconds of the wall clock. It may jump, and goes on while the machine sleeps.</summary>
        long WallMs { get; }
    }

    public sealed class SystemClock : IClock
    {
        private static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        private readonly Stopwatch watch = Stopwatch.StartNew();

        public long MonotonicMs { get { return watch.ElapsedMilliseconds; } }

        public long WallMs { get { return (long)(DateTime.UtcNow - Epoch).TotalMilliseconds; } }
    }

    /// <summary>
    /// A moment that is over as soon as either clock says so: a till that slept with an action in hand must not carry it out when it wakes.
    /// </summary>
    public sealed class Deadline
    {
        private readonly IClock clock;
        private readonly long monotonic;
        private readonly long wall;

        public Deadline(IClock clock, long inMs)
        {
            this.clock = clock;
            monotonic = clock.MonotonicMs + inMs;
            wall = clock.WallMs + inMs;
        }

        public bool IsOver { get { return RemainingMs <= 0; } }

        /// <summary>0 or more.</summary>
        public int RemainingMs
        {
            get
            {
                var left = Math.Min(monotonic - clock.MonotonicMs, wall - clock.WallMs);
                return (int)Math.Max(0, Math.Min(left, int.MaxValue));
            }
        }
    }
}
