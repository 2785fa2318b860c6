using System;
using System.Text;

namespace Tillbridge.Iiko
{
    /// <summary>
    /// Takes off what iikoFront and its drivers put around a read before a plugin gets it.
    /// Facts: public plugins for iikoFront strip a wrapper of the form &lt;barcode class="..."/&gt;;DATA?barcode, quotes around JSON, and characters of no width.
    /// </summary>
    public static class ScanText
    {
        /// <summary>The longest code that is looked at, in characters. Nothing longer is a guest's code.</summary>
        public const int Longest = Wire.LongestRaw;

        /// <summary>The code alone, or "" when nothing is left or it is too long.</summary>
        public static string OfBarcode(string raw)
        {
            if (raw == null || raw.Length > Longest) return "";
            return Unquote(WithoutEdges(Unwrap(WithoutInvisible(raw))));
        }

        private static string Unwrap(string text)
        {
            const string head = "<barcode";
            const string tail = "?barcode";
            var start = text.TrimStart();
            if (!start.StartsWith(head, StringComparison.OrdinalIgnoreCase)) return text;
            var close = start.IndexOf("/>;", StringComparison.Ordinal);
            if (close < 0) return text;
            var data = start.Substring(close + 3);
            var end = data.LastIndexOf(tail, StringComparison.OrdinalIgnoreCase);
            return end >= 0 && end + tail.Length >= data.TrimEnd().Length ? data.Substring(0, end) : data;
        }

        private static string WithoutInvisible(string text)
        {
            var kept = new StringBuilder(text.Length);
            foreach (var c in text)
            {
                if (c != '\u200B' && c != '\uFEFF' && c != '\0') kept.Append(c);
            }
            return kept.ToString();
        }

        /// <summary>Controls at either end belong to the transport. GS inside a marking code is part of it and stays.</summary>
        private static string WithoutEdges(string text)
        {
            var from = 0;
            var to = text.Length;
            while (from < to && (char.IsControl(text[from]) || text[from] == ' ')) from++;
            while (to > from && (char.IsControl(text[to - 1]) || text[to - 1] == ' ')) to--;
            return text.Substring(from, to - from);
        }

        private static string Unquote(string text)
        {
            return text.Length >= 2 && text[0] == '"' && text[text.Length - 1] == '"' ? text.Substring(1, text.Length - 2) : text;
        }
    }
}
