using System;
using System.Globalization;
using System.Threading;

namespace Tillbridge.Iiko
{
    /// <summary>
    /// The connection to the daemon as all threads share it: the session, what each answer means for it, and what the cashier is told about it, once.
    /// </summary>
    public sealed class Daemon
    {
        public const int CallMs = 3000;

        /// <summary>How often it is looked whether somebody mended the files.</summary>
        private const int LookMs = 2000;

        private readonly string folder;
        private readonly Func<Daemon, ILink> openLink;
        private readonly IFront front;
        private readonly ILogSink log;
        private readonly object gate = new object();
        private readonly string instance = Guid.NewGuid().ToString("D");
        private readonly string version;
        private readonly BackOff backOff;
        private ILink link;
        private Settings settings;
        private Session session;
        private string language;
        private string told;
        private bool takeOverSaid;
        private string logged;
        private bool closed;

        public Daemon(string folder, string version, IFront front, ILogSink log, Func<double> random, Func<Daemon, ILink> openLink)
        {
            this.folder = folder;
            this.version = version;
            this.front = front;
            this.log = log;
            this.openLink = openLink;
            // not longer: until it is back, a guest's card at this till is refused
            backOff = new BackOff(500, 4000, random);
            language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ru" ? "ru" : "en";
        }

        /// <summary>Null while there is none.</summary>
        public Session Session
        {
            get { lock (gate) return session; }
        }

        public Settings Settings
        {
            get { lock (gate) return settings; }
        }

        /// <summary>One try for a session; waits as the answer asks for when there is none. True: there is one.</summary>
        public bool Greet(Worker self, ScreenState screen)
        {
            if (!LoadSettings())
            {
                self.Pause(LookMs);
                return false;
            }
            var reply = Call("hello", Hello(screen), CallMs);
            var answer = Parse<HelloAnswer>(reply);
            if (reply.Ok && answer != null && answer.Product == "tillbridge" && answer.WireVersion == Wire.Version && !string.IsNullOrEmpty(answer.Session))
            {
                Opened(new Session(answer));
                return true;
            }
            if (reply.Ok) reply = new Reply { Status = 0, Trouble = "notTillbridge" };
            Obey(self, reply, null);
            return false;
        }

        public Reply Call<T>(string call, T body, int budgetMs)
        {
            return Link().Call(call, Json.Write(body), budgetMs);
        }

        /// <summary>Null where it is not 200 or not what was asked for.</summary>
        public static T Parse<T>(Reply reply) where T : class
        {
            if (!reply.Ok) return null;
            try
            {
                return Json.Read<T>(reply.Body);
            }
            catch (FormatException)
            {
                return null;
            }
        }

        /// <summary>Does what an answer other than 200 asks for, waiting included.</summary>
        public void Obey(Worker self, Reply reply, Session under)
        {
            var verdict = Note(reply, under);
            if (verdict.Next == Next.GoOn || verdict.Next == Next.HelloNow) return;
            var waitMs = verdict.WaitMs == Policy.ByBackOff ? backOff.NextMs() : verdict.WaitMs;
            if (verdict.ReadSecretAgain) AwaitSecret(self, waitMs);
            else self.Pause(waitMs);
        }

        /// <summary>The same without the waiting: for threads that do not own the session.</summary>
        public Verdict Note(Reply reply, Session under)
        {
            var verdict = Policy.After(reply);
            if (verdict.Next == Next.HelloNow || verdict.Next == Next.WaitThenHello) Forget(under);
            if (verdict.Next != Next.GoOn) Log(reply);
            Tell(verdict.Trouble);
            return verdict;
        }

        /// <summary>An answer came: the next trouble begins with a short wait again.</summary>
        public void Answered()
        {
            backOff.Succeeded();
            lock (gate) logged = null;
        }

        public void Close()
        {
            lock (gate)
            {
                closed = true;
                if (link != null) link.Close();
            }
        }

        private ILink Link()
        {
            lock (gate)
            {
                if (link == null) link = openLink(this);
                return link;
            }
        }

        private HelloBody Hello(ScreenState screen)
        {
            var takeOver = Settings.TakeOver && !takeOverSaid;
            takeOverSaid = true;
            return new HelloBody
            {
                WireVersion = Wire.Version,
                Instance = instance,
                TerminalId = front.TerminalId,
                TerminalName = Short(front.TerminalName, 128),
                AppVersion = Short(front.ApplicationVersion, 64) ?? "",
                ApiVersion = front.ApiVersion,
                PluginVersion = version,
                Actions = Wire.Actions,
                TakeOver = takeOver,
                Screen = screen
            };
        }

        private static string Short(string text, int most)
        {
            return text != null && text.Length > most ? text.Substring(0, most) : text;
        }

        private void Opened(Session fresh)
        {
            lock (gate)
            {
                session = fresh;
                language = fresh.Language;
                told = null;
            }
            Answered();
            log.Write("info", "connected; reads of the till's own scanners: " + (fresh.Scans ? "wanted" : "not wanted"));
        }

        private void Forget(Session under)
        {
            lock (gate)
            {
                // a thread that is late must not end the session that came after its own
                if (under == null || session == null || session.Id == under.Id) session = null;
            }
        }

        private bool LoadSettings()
        {
            try
            {
                if (Settings != null) return true;
                var read = Settings.Load(folder);
                lock (gate) settings = read;
                if (read.InClear) log.Write("warn", "the secret crosses the network in clear: use https, or a network of the tills alone");
                return true;
            }
            catch (FormatException error)
            {
                LogOnce("settings cannot be used: " + error.Message);
                TellOnce("settings");
                return false;
            }
        }

        /// <summary>The old one is not tried again before the time is over: five wrong ones lock the address. A new one is tried at once.</summary>
        private void AwaitSecret(Worker self, int ms)
        {
            for (var waited = 0; waited < ms && !self.Stopping && !SecretChanged(); waited += LookMs) self.Pause(LookMs);
        }

        private bool SecretChanged()
        {
            try
            {
                var read = Settings.Load(folder);
                lock (gate)
                {
                    var changed = settings == null || read.Secret != settings.Secret || read.Url != settings.Url;
                    settings = read;
                    return changed;
                }
            }
            catch (FormatException)
            {
                lock (gate) settings = null;
                return false;
            }
        }

        private void Log(Reply reply)
        {
            LogOnce("no answer to use: " + (reply.Code ?? reply.Trouble));
        }

        /// <summary>The same trouble again and again is one line.</summary>
        private void LogOnce(string text)
        {
            lock (gate)
            {
                if (logged == text || closed) return;
                logged = text;
            }
            log.Write("warn", text);
        }

        private void Tell(Trouble trouble)
        {
            if (trouble == Trouble.Secret) TellOnce("secret");
            if (trouble == Trouble.TwoPlugins) TellOnce("twoPlugins");
            if (trouble == Trouble.Wire) TellOnce("wire");
        }

        private void TellOnce(string what)
        {
            lock (gate)
            {
                if (told == what) return;
                told = what;
            }
            front.Tell(Texts.Of(what, language), MessageLevel.Warning);
        }
    }
}
