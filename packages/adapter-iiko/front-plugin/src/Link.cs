using System;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace Tillbridge.Iiko
{
    public interface ILink
    {
        /// <summary>POSTs JSON. Never throws; is over within the budget, and at once after Close.</summary>
        Reply Call(string call, byte[] json, int budgetMs);

        /// <summary>Ends what is under way.</summary>
        void Close();
    }

    /// <summary>What came back, taken apart as far as all calls have it in common.</summary>
    public sealed class Reply
    {
        /// <summary>Of HTTP; 0: there was no answer of ours (no connection, time over, too large, no JSON).</summary>
        public int Status { get; set; }

        /// <summary>Of a 200.</summary>
        public byte[] Body { get; set; }

        /// <summary>Of any other status: error.code, or null.</summary>
        public string Code { get; set; }

        /// <summary>Of 413 and 429, in milliseconds; 0: not said.</summary>
        public int RetryAfterMs { get; set; }

        /// <summary>One word for the log where Status is 0.</summary>
        public string Trouble { get; set; }

        public bool Ok { get { return Status == 200; } }

        /// <summary>The connection ended in the middle; whether the request arrived is not known.</summary>
        public bool WasCutOff { get; set; }
    }

    /// <summary>
    /// HTTP by what .NET Framework 4.7.2 and Windows 7 have. No proxy: the system's would get the secret. No redirect. An answer has at most 64 KiB and
    /// must be JSON, else it is not ours (a captive portal, a proxy's page).
    /// </summary>
    public sealed class HttpLink : ILink
    {
        private readonly Func<Settings> settings;
        private readonly object gate = new object();
        private readonly System.Collections.Generic.HashSet<HttpWebRequest> underWay = new System.Collections.Generic.HashSet<HttpWebRequest>();
        private bool closed;

        public HttpLink(Func<Settings> settings)
        {
            this.settings = settings;
            // the default of .NET 4.7.2 on Windows 7 is TLS 1.0; this process is the plugin's alone
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        }

        public Reply Call(string call, byte[] json, int budgetMs)
        {
            var now = settings();
            if (now == null) return Nothing("notConfigured");
            HttpWebRequest request = null;
            try
            {
                request = Prepare(now, call, json.Length, budgetMs);
                lock (gate)
                {
                    if (closed) return Nothing("closed");
                    underWay.Add(request);
                }
                // Timeout of HttpWebRequest is one for each step, and a peer that drips would stretch the last for ever
                using (new Timer(Abort, request, budgetMs, Timeout.Infinite))
                {
                    using (var stream = request.GetRequestStream()) stream.Write(json, 0, json.Length);
                    using (var response = Answer(request)) return Take(response);
                }
            }
            catch (WebException error)
            {
                var reply = Nothing(error.Status.ToString());
                reply.WasCutOff = error.Status == WebExceptionStatus.KeepAliveFailure || error.Status == WebExceptionStatus.ConnectionClosed
                    || error.Status == WebExceptionStatus.ReceiveFailure || error.Status == WebExceptionStatus.SendFailure;
                return reply;
            }
            catch (Exception error)
            {
                return Nothing(error.GetType().Name);
            }
            finally
            {
                if (request != null)
                {
                    lock (gate) underWay.Remove(request);
                }
            }
        }

        public void Close()
        {
            HttpWebRequest[] all;
            lock (gate)
            {
                closed = true;
                all = new HttpWebRequest[underWay.Count];
                underWay.CopyTo(all);
            }
            foreach (var request in all) Abort(request);
        }

        private static HttpWebRequest Prepare(Settings settings, string call, int length, int budgetMs)
        {
            var request = (HttpWebRequest)WebRequest.Create(settings.Url + "/" + call);
            request.Method = "POST";
            request.Proxy = null;
            request.AllowAutoRedirect = false;
            request.KeepAlive = true;
            request.Timeout = budgetMs;
            request.ReadWriteTimeout = budgetMs;
            request.ContentType = "application/json";
            request.ContentLength = length;
            request.MaximumResponseHeadersLength = 16;
            request.Headers[HttpRequestHeader.Authorization] = "Bearer " + settings.Secret;
            request.ServicePoint.Expect100Continue = false;
            request.ServicePoint.UseNagleAlgorithm = false;
            request.ServicePoint.ConnectionLimit = 8;
            if (settings.Fingerprint != null)
            {
                request.ServerCertificateValidationCallback = (sender, certificate, chain, errors) =>
                    certificate != null && Fingerprints.Same(Fingerprints.Of(certificate.GetRawCertData()), settings.Fingerprint);
            }
            return request;
        }

        private static HttpWebResponse Answer(HttpWebRequest request)
        {
            try
            {
                return (HttpWebResponse)request.GetResponse();
            }
            catch (WebException error)
            {
                var response = error.Response as HttpWebResponse;
                if (response == null) throw;
                return response;
            }
        }

        private static Reply Take(HttpWebResponse response)
        {
            var status = (int)response.StatusCode;
            var type = response.ContentType ?? "";
            var json = type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
            if (!json) return status == 200 ? Nothing("notJson") : Refused(status, response, null);
            var body = Body(response);
            if (body == null) return Nothing("tooLarge");
            return status == 200 ? new Reply { Status = 200, Body = body } : Refused(status, response, body);
        }

        private static byte[] Body(HttpWebResponse response)
        {
            if (response.ContentLength > Json.MostBytes) return null;
            using (var stream = response.GetResponseStream())
            using (var kept = new MemoryStream())
            {
                var piece = new byte[4096];
                int count;
                while ((count = stream.Read(piece, 0, piece.Length)) > 0)
                {
                    if (kept.Length + count > Json.MostBytes) return null;
                    kept.Write(piece, 0, count);
                }
                return kept.ToArray();
            }
        }

        private static Reply Refused(int status, HttpWebResponse response, byte[] body)
        {
            int seconds;
            var said = int.TryParse(response.Headers[HttpResponseHeader.RetryAfter], out seconds) && seconds >= 0;
            return new Reply { Status = status, Code = CodeOf(body), RetryAfterMs = said ? Math.Min(seconds, 3600) * 1000 : 0, Trouble = "http" + status };
        }

        private static string CodeOf(byte[] body)
        {
            if (body == null) return null;
            try
            {
                var error = Json.Read<ErrorAnswer>(body).Error;
                return error == null ? null : error.Code;
            }
            catch (FormatException)
            {
                return null;
            }
        }

        private static Reply Nothing(string trouble)
        {
            return new Reply { Status = 0, Trouble = trouble };
        }

        private static void Abort(object request)
        {
            try
            {
                ((HttpWebRequest)request).Abort();
            }
            catch (Exception)
            {
                // it ended in the same moment
            }
        }
    }

    public static class Fingerprints
    {
        /// <summary>SHA-256 of a certificate, 64 hex digits.</summary>
        public static string Of(byte[] certificate)
        {
            using (var sha = SHA256.Create())
            {
                var text = new StringBuilder(64);
                foreach (var one in sha.ComputeHash(certificate)) text.Append(one.ToString("x2"));
                return text.ToString();
            }
        }

        public static bool Same(string one, string other)
        {
            return string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
        }
    }
}
