using System;

namespace Tillbridge.Iiko
{
    /// <summary>How long to wait before the next try: doubled from the first to the most, and half of it by chance, so that the tills of a store do not all come back in the same moment.</summary>
    public sealed class BackOff
    {
        private readonly int firstMs;
        private readonly int mostMs;
        private readonly Func<double> random;
        private int failures;

        /// <param name="random">0 up to 1.</param>
        public BackOff(int firstMs, int mostMs, Func<double> random)
        {
            this.firstMs = firstMs;
            this.mostMs = mostMs;
            this.random = random;
        }

        public int Failures { get { return failures; } }

        public void Succeeded()
        {
            failures = 0;
        }

        /// <summary>Between half of the step and the step, in milliseconds.</summary>
        public int NextMs()
        {
            var step = Math.Min((long)mostMs, (long)firstMs << Math.Min(failures, 20));
            if (failures < int.MaxValue) failures++;
            return (int)(step / 2 + step / 2 * random());
        }
    }
}
