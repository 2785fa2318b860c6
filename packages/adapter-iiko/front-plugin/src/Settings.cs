using System;
using System.IO;
using System.Runtime.Serialization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tillbridge.Iiko
{
    /// <summary>What the dealer wrote: tillbridge.json and tillbridge.secret in the plugin's configuration folder.</summary>
    public sealed class Settings
    {
        public const string FileName = "tillbridge.json";

        public const string SecretFileName = "tillbridge.secret";

        private const int MostBytes = 16 * 1024;
        private static readonly Regex SecretForm = new Regex("^[A-Za-z0-9._~-]{16,256}$");
        private static readonly Regex FingerprintForm = new Regex("^[0-9A-Fa-f]{64}$");

        /// <summary>Without a slash at the end.</summary>
        public string Url { get; private set; }

        public string Secret { get; private set; }

        /// <summary>SHA-256 of the daemon's certificate, 64 hex digits; null: as the system trusts.</summary>
        public string Fingerprint { get; private set; }

        /// <summary>Puts another live plugin of this till out, once at the start.</summary>
        public bool TakeOver { get; private set; }

        /// <summary>On V10: asks about every read on every screen before the till looks at it, so that cards are taken on the payment screen too.</summary>
        public bool EveryScreen { get; private set; }

        /// <summary>Whether this terminal looks for what waiters' terminals write. One terminal of a restaurant should.</summary>
        public bool WatchWaiters { get; private set; }

        /// <summary>Whether the secret crosses a network in clear.</summary>
        public bool InClear { get; private set; }

        /// <summary>Throws FormatException with one word that says what is wrong; never with what stands in a file.</summary>
        public static Settings Load(string folder)
        {
            var file = ReadJson(Path.Combine(folder, FileName));
            Uri uri;
            if (file.Url == null || !Uri.TryCreate(file.Url, UriKind.Absolute, out uri)) throw new FormatException("url");
            if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) throw new FormatException("url");
            if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0) throw new FormatException("url");
            var fingerprint = file.Fingerprint == null ? null : file.Fingerprint.Replace(":", "");
            if (fingerprint != null && !FingerprintForm.IsMatch(fingerprint)) throw new FormatException("fingerprint");
            if (fingerprint != null && uri.Scheme != Uri.UriSchemeHttps) throw new FormatException("fingerprint");
            return new Settings
            {
                Url = file.Url.TrimEnd('/'),
                Secret = ReadSecret(Path.Combine(folder, SecretFileName)),
                Fingerprint = fingerprint,
                TakeOver = file.TakeOver,
                EveryScreen = file.EveryScreen,
                WatchWaiters = file.WatchWaiters,
                InClear = uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback
            };
        }

        private static SettingsFile ReadJson(string path)
        {
            try
            {
                return Json.Read<SettingsFile>(WithoutMark(ReadSmall(path)));
            }
            catch (IOException)
            {
                throw new FormatException("noFile");
            }
            catch (UnauthorizedAccessException)
            {
                throw new FormatException("noAccess");
            }
            catch (FormatException)
            {
                throw new FormatException("noJson");
            }
        }

        private static string ReadSecret(string path)
        {
            string secret;
            try
            {
                secret = Encoding.ASCII.GetString(WithoutMark(ReadSmall(path))).Trim();
            }
            catch (IOException)
            {
                throw new FormatException("noSecretFile");
            }
            catch (UnauthorizedAccessException)
            {
                throw new FormatException("noAccess");
            }
            if (!SecretForm.IsMatch(secret)) throw new FormatException("secret");
            return secret;
        }

        private static byte[] ReadSmall(string path)
        {
            if (new FileInfo(path).Length > MostBytes) throw new FormatException("tooLong");
            return File.ReadAllBytes(path);
        }

        /// <summary>Notepad writes a byte order mark.</summary>
        private static byte[] WithoutMark(byte[] bytes)
        {
            if (bytes.Length < 3 || bytes[0] != 0xEF || bytes[1] != 0xBB || bytes[2] != 0xBF) return bytes;
            var rest = new byte[bytes.Length - 3];
            Array.Copy(bytes, 3, rest, 0, rest.Length);
            return rest;
        }

        [DataContract]
        private sealed class SettingsFile
        {
            [DataMember(Name = "url")]
            public string Url { get; set; }

            [DataMember(Name = "fingerprint")]
            public string Fingerprint { get; set; }

            [DataMember(Name = "takeOver")]
            public bool TakeOver { get; set; }

            [DataMember(Name = "everyScreen")]
            public bool EveryScreen { get; set; }

            [DataMember(Name = "watchWaiters")]
            public bool WatchWaiters { get; set; }
        }
    }
}
