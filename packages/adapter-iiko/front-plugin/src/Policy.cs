namespace Tillbridge.Iiko
{
    public enum Next
    {
        /// <summary>Nothing is wrong.</summary>
        GoOn,

        /// <summary>Say hello at once.</summary>
        HelloNow,

        /// <summary>The session is over: wait, then say hello.</summary>
        WaitThenHello,

        /// <summary>Wait, then the same again under the same session.</summary>
        WaitThenAgain,

        /// <summary>This call will never be taken: wait a little, and not the same again.</summary>
        Drop
    }

    public enum Trouble
    {
        None,
        Secret,
        TwoPlugins,
        Wire,
        Other
    }

    /// <summary>What to do after an answer.</summary>
    public sealed class Verdict
    {
        public Next Next { get; set; }

        /// <summary>In milliseconds; -1: as the back-off says.</summary>
        public int WaitMs { get; set; }

        public Trouble Trouble { get; set; }

        public bool ReadSecretAgain { get; set; }
    }

    /// <summary>The table of errors of the contract.</summary>
    public static class Policy
    {
        public const int ByBackOff = -1;

        public static Verdict After(Reply reply)
        {
            if (reply.Ok) return new Verdict { Next = Next.GoOn };
            switch (reply.Status)
            {
                case 401:
                    return new Verdict { Next = Next.WaitThenHello, WaitMs = 30000, Trouble = Trouble.Secret, ReadSecretAgain = true };
                case 409:
                    return new Verdict { Next = Next.WaitThenHello, WaitMs = 60000, Trouble = Trouble.TwoPlugins };
                case 428:
                    return new Verdict { Next = Next.HelloNow };
                case 400:
                    return reply.Code == "TB_TILL_IIKO_WIRE"
                        ? new Verdict { Next = Next.WaitThenHello, WaitMs = 60000, Trouble = Trouble.Wire }
                        : new Verdict { Next = Next.Drop, WaitMs = 5000, Trouble = Trouble.Other };
                case 403:
                    return new Verdict { Next = Next.WaitThenHello, WaitMs = 30000, Trouble = Trouble.Other };
                case 404:
                    return new Verdict { Next = Next.WaitThenHello, WaitMs = 5000, Trouble = Trouble.Other };
                case 413:
                    return new Verdict { Next = Next.Drop, WaitMs = reply.RetryAfterMs > 0 ? reply.RetryAfterMs : 5000, Trouble = Trouble.Other };
                case 429:
                    return new Verdict { Next = Next.WaitThenAgain, WaitMs = reply.RetryAfterMs > 0 ? reply.RetryAfterMs : ByBackOff, Trouble = Trouble.Other };
                default:
                    return new Verdict { Next = Next.WaitThenAgain, WaitMs = ByBackOff, Trouble = Trouble.Other };
            }
        }
    }
}
