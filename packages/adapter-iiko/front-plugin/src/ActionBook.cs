using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace Tillbridge.Iiko
{
    /// <summary>What became of one action. No number is in it.</summary>
    public sealed class ActionResult
    {
        public string Outcome { get; set; }

        public string Detail { get; set; }

        public string Evidence { get; set; }

        public string OrderId { get; set; }

        public int? OrderNumber { get; set; }

        public int? Revision { get; set; }

        /// <summary>Not kept over a restart.</summary>
        public string HostText { get; set; }

        public static ActionResult Of(string outcome, string detail = null)
        {
            return new ActionResult { Outcome = outcome, Detail = detail };
        }
    }

    public sealed class UnsentResult
    {
        public string Id { get; set; }

        public ActionResult Result { get; set; }

        /// <summary>On the wall clock.</summary>
        public long AtMs { get; set; }

        /// <summary>How often it was asked for again.</summary>
        public int Asked { get; set; }
    }

    /// <summary>
    /// Which actions were begun, how they ended, and which results the daemon has: the last 64, also over a restart of the plugin. "Begun" is on the disk
    /// before anything is done, so a plugin that died in between never does it again and says that nobody knows.
    /// Where the disk fails it goes on in memory.
    /// </summary>
    public sealed class ActionBook
    {
        public const int Most = 64;

        /// <summary>A result is sent for so long: the daemon's own contract.</summary>
        public const long KeepSendingMs = 10 * 60 * 1000;

        private const int LinesBeforeRewrite = 512;
        private readonly object gate = new object();
        private readonly string path;
        private readonly IClock clock;
        private readonly ILogSink log;
        private readonly List<Entry> entries = new List<Entry>();
        private int lines;
        private bool diskFails;

        public ActionBook(string path, IClock clock, ILogSink log)
        {
            this.path = path;
            this.clock = clock;
            this.log = log;
            Load();
        }

        public enum Standing
        {
            /// <summary>Never seen: it is begun now.</summary>
            New,

            /// <summary>Being done: leave it alone.</summary>
            UnderWay,

            /// <summary>Done before: its result is in <c>known</c>, and is to be sent again.</summary>
            Known
        }

        public Standing Begin(string id, out ActionResult known)
        {
            lock (gate)
            {
                var entry = entries.Find(e => e.Id == id);
                known = entry == null ? null : entry.Result;
                if (entry != null && entry.Result == null) return Standing.UnderWay;
                if (entry != null)
                {
                    entry.Sent = false;
                    entry.Asked++;
                    entry.AtMs = clock.WallMs;
                    return Standing.Known;
                }
                entries.Add(new Entry { Id = id, AtMs = clock.WallMs });
                Bound();
                Append("B", id, clock.WallMs.ToString(CultureInfo.InvariantCulture));
                return Standing.New;
            }
        }

        /// <summary>The first end counts.</summary>
        public void End(string id, ActionResult result)
        {
            lock (gate)
            {
                var entry = entries.Find(e => e.Id == id);
                if (entry == null || entry.Result != null) return;
                entry.Result = result;
                entry.AtMs = clock.WallMs;
                Append(entry.EndFields());
            }
        }

        /// <summary>The daemon has it. Where it asked again while that was on its way, it is to be sent once more.</summary>
        public void Sent(UnsentResult sent)
        {
            lock (gate)
            {
                var entry = entries.Find(e => e.Id == sent.Id);
                if (entry == null || entry.Sent || entry.Asked != sent.Asked) return;
                entry.Sent = true;
                Append("S", sent.Id);
            }
        }

        /// <summary>The oldest that the daemon should still hear of, or null.</summary>
        public UnsentResult FirstUnsent()
        {
            lock (gate)
            {
                var entry = entries.Find(e => e.Result != null && !e.Sent && clock.WallMs - e.AtMs < KeepSendingMs);
                return entry == null ? null : new UnsentResult { Id = entry.Id, Result = entry.Result, AtMs = entry.AtMs, Asked = entry.Asked };
            }
        }

        private void Bound()
        {
            while (entries.Count > Most)
            {
                // one that is being done must stay known
                var oldest = entries.FindIndex(e => e.Result != null);
                entries.RemoveAt(oldest < 0 ? 0 : oldest);
            }
        }

        private void Load()
        {
            try
            {
                if (!File.Exists(path)) return;
                foreach (var line in File.ReadAllLines(path, Encoding.ASCII)) Take(line.Split('|'));
            }
            catch (Exception error)
            {
                Fails("read", error);
            }
            foreach (var entry in entries.Where(e => e.Result == null))
            {
                // the process died with it in hand
                entry.Result = ActionResult.Of("unknown", "restart");
            }
            Bound();
            Rewrite();
        }

        /// <summary>A line that was cut off by a crash is passed over.</summary>
        private void Take(string[] fields)
        {
            if (fields[fields.Length - 1] != ".") return;
            var id = fields.Length > 2 ? fields[1] : "";
            var entry = entries.Find(e => e.Id == id);
            if (fields[0] == "B" && fields.Length == 4 && entry == null)
            {
                long at;
                if (long.TryParse(fields[2], out at)) entries.Add(new Entry { Id = id, AtMs = at });
            }
            else if (fields[0] == "E" && fields.Length == 10 && entry != null)
            {
                entry.TakeEnd(fields);
            }
            else if (fields[0] == "S" && entry != null)
            {
                entry.Sent = true;
            }
        }

        private void Append(params string[] fields)
        {
            try
            {
                if (lines >= LinesBeforeRewrite)
                {
                    Rewrite();
                    return;
                }
                Write(path, FileMode.Append, Line(fields));
                lines++;
                diskFails = false;
            }
            catch (Exception error)
            {
                Fails("write", error);
            }
        }

        private void Rewrite()
        {
            try
            {
                var text = new StringBuilder();
                foreach (var entry in entries)
                {
                    text.Append(Line("B", entry.Id, entry.AtMs.ToString(CultureInfo.InvariantCulture)));
                    if (entry.Result != null) text.Append(Line(entry.EndFields()));
                    if (entry.Sent) text.Append(Line("S", entry.Id));
                }
                var fresh = path + ".new";
                Write(fresh, FileMode.Create, text.ToString());
                if (File.Exists(path)) File.Replace(fresh, path, null);
                else File.Move(fresh, path);
                lines = entries.Count * 3;
            }
            catch (Exception error)
            {
                Fails("write", error);
            }
        }

        private static void Write(string path, FileMode mode, string text)
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            using (var stream = new FileStream(path, mode, FileAccess.Write, FileShare.Read))
            {
                stream.Write(bytes, 0, bytes.Length);
                stream.Flush(true);
            }
        }

        private static string Line(params string[] fields)
        {
            return string.Join("|", fields.Select(Field)) + "|.\r\n";
        }

        private static string Field(string text)
        {
            return (text ?? "").Replace('|', ' ').Replace('\r', ' ').Replace('\n', ' ');
        }

        private void Fails(string what, Exception error)
        {
            if (diskFails) return;
            diskFails = true;
            log.Write("warn", "the book of actions cannot be " + (what == "read" ? "read" : "written") + ": " + error.GetType().Name);
        }

        private sealed class Entry
        {
            public string Id;
            public long AtMs;
            public ActionResult Result;
            public bool Sent;
            public int Asked;

            public string[] EndFields()
            {
                return new[]
                {
                    "E", Id, AtMs.ToString(CultureInfo.InvariantCulture), Result.Outcome, Result.Detail, Result.Evidence, Result.OrderId, Text(Result.OrderNumber), Text(Result.Revision)
                };
            }

            public void TakeEnd(string[] fields)
            {
                long at;
                if (long.TryParse(fields[2], out at)) AtMs = at;
                Result = new ActionResult
                {
                    Outcome = fields[3],
                    Detail = OrNull(fields[4]),
                    Evidence = OrNull(fields[5]),
                    OrderId = OrNull(fields[6]),
                    OrderNumber = Number(fields[7]),
                    Revision = Number(fields[8])
                };
            }

            private static string Text(int? number)
            {
                return number.HasValue ? number.Value.ToString(CultureInfo.InvariantCulture) : "";
            }

            private static string OrNull(string text)
            {
                return text.Length == 0 ? null : text;
            }

            private static int? Number(string text)
            {
                int number;
                return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) ? number : (int?)null;
            }
        }
    }
}
