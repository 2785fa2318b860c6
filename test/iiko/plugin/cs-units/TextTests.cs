using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Tillbridge.Iiko.Tests
{
    internal static class TextTests
    {
        public static void Add(List<KeyValuePair<string, Action>> all)
        {
            all.Test("a plain code stays as it is", () => Check.Same("9812345678901234", ScanText.OfBarcode("9812345678901234")));
            all.Test("the wrapper of a keyboard driver comes off", () => Check.Same("9812345678901234", ScanText.OfBarcode("<barcode class=\"Resto.KeyboardDriver\"/>;9812345678901234?barcode")));
            all.Test("the wrapper with a line end comes off", () => Check.Same("98", ScanText.OfBarcode("<barcode class=\"X\"/>;98?barcode\r\n")));
            all.Test("what only looks like the end of a wrapper stays", () => Check.Same("a?barcodeb", ScanText.OfBarcode("<barcode class=\"X\"/>;a?barcodeb")));
            all.Test("quotes around JSON come off", () => Check.Same("{'a':1}", ScanText.OfBarcode("\"{'a':1}\"")));
            all.Test("characters of no width and controls at the ends go", () => Check.Same("123", ScanText.OfBarcode("\uFEFF\u0002\u200B123\u0003\r\n")));
            all.Test("GS inside a marking code stays", () => Check.Same("0104600\u001D21", ScanText.OfBarcode("0104600\u001D21")));
            all.Test("nothing and too much are nothing", () =>
            {
                Check.Same("", ScanText.OfBarcode(null));
                Check.Same("", ScanText.OfBarcode("\r\n"));
                Check.Same("", ScanText.OfBarcode(new string('1', ScanText.Longest + 1)));
            });
            all.Test("random texts never throw and never grow", () =>
            {
                var random = new Random(7);
                for (var i = 0; i < 20000; i++)
                {
                    var text = new StringBuilder();
                    var length = random.Next(40);
                    for (var j = 0; j < length; j++)
                    {
                        if (random.Next(8) == 0) text.Append(new[] { "<barcode", "/>;", "?barcode", "\"" }[random.Next(4)]);
                        else text.Append((char)random.Next(random.Next(3) == 0 ? 0x10000 : 0x80));
                    }
                    Check.True(ScanText.OfBarcode(text.ToString()).Length <= text.Length, "grew");
                }
            });

            all.Test("a log line holds no run of five digits and no line end", () =>
            {
                Check.Same("card ************* of *** ok 1234", BoundedLog.Clean("card 2000000012345 of ***\u0020ok 1234"));
                Check.Same("a  b", BoundedLog.Clean("a\r\nb"));
                Check.Same("*****", BoundedLog.Clean("12345"));
                Check.True(BoundedLog.Clean(new string('x', 5000)).Length <= 400, "too long");
            });
            all.Test("the log never has more than two files of its size", () => Check.InFolder(folder =>
            {
                var path = Path.Combine(folder, "x.log");
                var log = new BoundedLog(path, 2000, () => new DateTime(2026, 1, 2, 3, 4, 5));
                for (var i = 0; i < 500; i++) log.Write("info", "line of some length to fill it up");
                Check.True(new FileInfo(path).Length <= 2000, "first too long");
                Check.True(new FileInfo(path + ".1").Length <= 2000, "second too long");
                Check.Same(2, Directory.GetFiles(folder).Length);
            }));
            all.Test("a log that cannot be written is silent", () => new BoundedLog("/nowhere/at/all.log", 1000, () => DateTime.Now).Write("info", "x"));

            all.Test("the back-off doubles up to its most, with at most half by chance", () =>
            {
                var low = new BackOff(500, 30000, () => 0);
                var high = new BackOff(500, 30000, () => 0.999);
                var expected = new[] { 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000 };
                foreach (var step in expected)
                {
                    Check.Same(step / 2, low.NextMs());
                    var most = high.NextMs();
                    Check.True(most <= step && most > step * 0.9, "step " + step + " gave " + most);
                }
                low.Succeeded();
                Check.Same(250, low.NextMs());
                for (var i = 0; i < 100; i++) low.NextMs();
                Check.Same(15000, low.NextMs());
            });

            all.Test("a moment is over when either clock says so", () =>
            {
                var clock = new HandClock { MonotonicMs = 5, WallMs = 1000 };
                var deadline = new Deadline(clock, 100);
                Check.Same(100, deadline.RemainingMs);
                clock.MonotonicMs += 60;
                Check.Same(40, deadline.RemainingMs);
                // the machine slept: only the wall clock went on
                clock.WallMs += 101;
                Check.True(deadline.IsOver, "not over");
                Check.Same(0, deadline.RemainingMs);
                var second = new Deadline(clock, 100);
                // somebody set the clock back
                clock.WallMs -= 100000;
                clock.MonotonicMs += 100;
                Check.True(second.IsOver, "not over by the monotonic clock");
            });

            all.Test("settings: what is needed and nothing else", () => Check.InFolder(folder =>
            {
                Check.Same("noFile", Check.Throws(() => Settings.Load(folder)));
                Write(folder, "tillbridge.json", "not json 2000000012345");
                Check.Same("noJson", Check.Throws(() => Settings.Load(folder)));
                Write(folder, "tillbridge.json", "{\"url\":\"ftp://x/y\"}");
                Check.Same("url", Check.Throws(() => Settings.Load(folder)));
                Write(folder, "tillbridge.json", "{\"url\":\"http://user:pw@127.0.0.1/iiko/v1\"}");
                Check.Same("url", Check.Throws(() => Settings.Load(folder)));
                Write(folder, "tillbridge.json", "\uFEFF{\"url\":\"http://127.0.0.1:7843/iiko/v1/\",\"watchWaiters\":true,\"later\":1}");
                Check.Same("noSecretFile", Check.Throws(() => Settings.Load(folder)));
                Write(folder, "tillbridge.secret", "short");
                Check.Same("secret", Check.Throws(() => Settings.Load(folder)));
                Write(folder, "tillbridge.secret", "a-secret-of-the-till-0123\r\n");
                var settings = Settings.Load(folder);
                Check.Same("http://127.0.0.1:7843/iiko/v1", settings.Url);
                Check.Same("a-secret-of-the-till-0123", settings.Secret);
                Check.True(settings.WatchWaiters && !settings.EveryScreen && !settings.TakeOver && !settings.InClear, "flags");
            }));
            all.Test("settings: a fingerprint goes with https, and a network in clear is known", () => Check.InFolder(folder =>
            {
                Write(folder, "tillbridge.secret", "a-secret-of-the-till-0123");
                var print = new string('a', 64);
                Write(folder, "tillbridge.json", "{\"url\":\"http://10.0.0.5:7845/s/hall\",\"fingerprint\":\"" + print + "\"}");
                Check.Same("fingerprint", Check.Throws(() => Settings.Load(folder)));
                Write(folder, "tillbridge.json", "{\"url\":\"https://10.0.0.5:7845/s/hall\",\"fingerprint\":\"zz\"}");
                Check.Same("fingerprint", Check.Throws(() => Settings.Load(folder)));
                Write(folder, "tillbridge.json", "{\"url\":\"https://10.0.0.5:7845/s/hall\",\"fingerprint\":\"" + print + "\"}");
                Check.Same(print, Settings.Load(folder).Fingerprint);
                Write(folder, "tillbridge.json", "{\"url\":\"http://10.0.0.5:7845/s/hall\"}");
                Check.True(Settings.Load(folder).InClear, "in clear");
            }));

            all.Test("every word of the plugin is there in both languages", () =>
            {
                foreach (var what in new[] { "settings", "secret", "twoPlugins", "wire" })
                {
                    Check.True(Texts.Of(what, "ru") != Texts.Of(what, "en"), what);
                    Check.True(Texts.Of(what, "ru") != Texts.Of("?", "ru"), what + " has no text of its own");
                }
            });
        }

        private static void Write(string folder, string name, string text)
        {
            File.WriteAllText(Path.Combine(folder, name), text, new UTF8Encoding(false));
        }
    }
}
