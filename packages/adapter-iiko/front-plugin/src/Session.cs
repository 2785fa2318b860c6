namespace Tillbridge.Iiko
{
    /// <summary>What the daemon said to hello. Taken as a whole or not at all.</summary>
    public sealed class Session
    {
        private const int MostNextMs = 25000;
        private const int MostScanMs = 2000;

        public Session(HelloAnswer answer)
        {
            Id = answer.Session;
            NextWaitMs = Within(answer.NextWaitMs, MostNextMs);
            ScanWaitMs = Within(answer.ScanWaitMs, MostScanMs);
            Scans = answer.Scans;
            WatchKey = string.IsNullOrEmpty(answer.WatchKey) ? null : answer.WatchKey;
            Language = answer.Language == "en" ? "en" : "ru";
        }

        public string Id { get; private set; }

        public int NextWaitMs { get; private set; }

        /// <summary>How long the daemon may take for a scan: the cashier's screen stands still meanwhile.</summary>
        public int ScanWaitMs { get; private set; }

        public bool Scans { get; private set; }

        public string WatchKey { get; private set; }

        public string Language { get; private set; }

        private static int Within(int value, int most)
        {
            return value < 0 ? 0 : value > most ? most : value;
        }
    }
}
