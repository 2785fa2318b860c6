using System;
using System.Collections.Generic;
using System.IO;

namespace Tillbridge.Iiko.Tests
{
    /// <summary>Runs every test and prints `ok NAME` or `not ok NAME: WHY`, one a line, then `done COUNT`.</summary>
    public static class Check
    {
        public static int Main()
        {
            var all = new List<KeyValuePair<string, Action>>();
            TextTests.Add(all);
            BookTests.Add(all);
            RunnerTests.Add(all);
            ThreadTests.Add(all);
            WireTests.Add(all);
            var failed = 0;
            foreach (var test in all)
            {
                try
                {
                    test.Value();
                    Console.WriteLine("ok " + test.Key);
                }
                catch (Exception error)
                {
                    failed++;
                    Console.WriteLine("not ok " + test.Key + ": " + error.Message.Replace("\n", " "));
                }
            }
            Console.WriteLine("done " + all.Count);
            return failed == 0 ? 0 : 1;
        }

        public static void Test(this List<KeyValuePair<string, Action>> all, string name, Action test)
        {
            all.Add(new KeyValuePair<string, Action>(name, test));
        }

        public static void Same<T>(T expected, T actual)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, actual)) throw new InvalidOperationException("expected <" + expected + ">, got <" + actual + ">");
        }

        public static void True(bool value, string what)
        {
            if (!value) throw new InvalidOperationException(what);
        }

        public static string Throws(Action action)
        {
            try
            {
                action();
            }
            catch (FormatException error)
            {
                return error.Message;
            }
            throw new InvalidOperationException("expected a FormatException");
        }

        /// <summary>A folder that is gone afterwards.</summary>
        public static void InFolder(Action<string> work)
        {
            var folder = Path.Combine(Path.GetTempPath(), "tillbridge-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            try
            {
                work(folder);
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }
    }

    public sealed class HandClock : IClock
    {
        public long MonotonicMs { get; set; }

        public long WallMs { get; set; }

        public void Advance(long ms)
        {
            MonotonicMs += ms;
            WallMs += ms;
        }
    }

    public sealed class Lines : ILogSink
    {
        public readonly List<string> All = new List<string>();

        public void Write(string level, string text)
        {
            lock (All) All.Add(level + " " + text);
        }
    }
}
