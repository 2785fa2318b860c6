using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace Tillbridge.Iiko
{
    public interface ILogSink
    {
        /// <summary>One line. No number, phone, code or secret of a guest may be in it; ids, counts and lengths may.</summary>
        void Write(string level, string text);
    }

    /// <summary>Two files of at most <c>mostBytes</c> each: when the first is full it takes the place of the second. Never throws: a full disk must not stop a till.</summary>
    public sealed class BoundedLog : ILogSink
    {
        private const int LongestLine = 400;
        private readonly object gate = new object();
        private readonly string path;
        private readonly long mostBytes;
        private readonly Func<DateTime> now;

        public BoundedLog(string path, long mostBytes, Func<DateTime> now)
        {
            this.path = path;
            this.mostBytes = mostBytes;
            this.now = now;
        }

        public void Write(string level, string text)
        {
            var line = now().ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture) + " " + level + " " + Clean(text) + "\r\n";
            var bytes = Encoding.UTF8.GetBytes(line);
            try
            {
                lock (gate)
                {
                    var file = new FileInfo(path);
                    if (file.Exists && file.Length + bytes.Length > mostBytes) Turn();
                    using (var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) stream.Write(bytes, 0, bytes.Length);
                }
            }
            catch (Exception)
            {
                // there is nowhere left to say it
            }
        }

        private void Turn()
        {
            var old = path + ".1";
            File.Delete(old);
            File.Move(path, old);
        }

        /// <summary>One line, and a run of five digits or more masked, whoever wrote it: the text of an exception of the host may name a card.</summary>
        public static string Clean(string text)
        {
            var kept = new StringBuilder();
            var run = 0;
            foreach (var c in text ?? "")
            {
                if (kept.Length >= LongestLine) break;
                run = char.IsDigit(c) ? run + 1 : 0;
                if (run == 5) kept.Remove(kept.Length - 4, 4).Append("*****");
                else if (run > 5) kept.Append('*');
                else kept.Append(char.IsControl(c) ? ' ' : c);
            }
            return kept.ToString();
        }
    }
}
