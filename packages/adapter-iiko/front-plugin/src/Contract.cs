using System.Collections.Generic;
using System.Runtime.Serialization;
using System.Text.RegularExpressions;

namespace Tillbridge.Iiko
{
    // What is said on the wire: firmware-docs/iiko-plugin-contract.md, version 1. Members that may be absent are null here.

    public static class Wire
    {
        public const int Version = 1;

        public const int LongestRaw = 4096;

        public static readonly string[] Actions = { "applyDiscountCard", "setCoupons", "bindGuest", "authorizeIikoCard", "setExternalData", "message" };

        private static readonly Regex WordForm = new Regex("^[A-Za-z][A-Za-z0-9_.-]{0,63}$");

        /// <summary>What the contract takes as one word; the name of a generic exception is none.</summary>
        public static string Word(string text)
        {
            return text == null || WordForm.IsMatch(text) ? text : "other";
        }

        /// <summary>Order numbers are not negative on the wire.</summary>
        public static int? Number(int? number)
        {
            return number < 0 ? null : number;
        }
    }

    [DataContract]
    public sealed class ScreenState
    {
        [DataMember(Name = "seq", IsRequired = true)]
        public long Seq { get; set; }

        [DataMember(Name = "screen", IsRequired = true)]
        public string Screen { get; set; }

        [DataMember(Name = "orderId", EmitDefaultValue = false)]
        public string OrderId { get; set; }

        [DataMember(Name = "orderNumber", EmitDefaultValue = false)]
        public int? OrderNumber { get; set; }
    }

    [DataContract]
    public sealed class HelloBody
    {
        [DataMember(Name = "wire")]
        public int WireVersion { get; set; }

        [DataMember(Name = "instance")]
        public string Instance { get; set; }

        [DataMember(Name = "terminalId")]
        public string TerminalId { get; set; }

        [DataMember(Name = "terminalName", EmitDefaultValue = false)]
        public string TerminalName { get; set; }

        [DataMember(Name = "appVersion")]
        public string AppVersion { get; set; }

        [DataMember(Name = "apiVersion")]
        public string ApiVersion { get; set; }

        [DataMember(Name = "pluginVersion")]
        public string PluginVersion { get; set; }

        [DataMember(Name = "actions")]
        public string[] Actions { get; set; }

        [DataMember(Name = "takeOver")]
        public bool TakeOver { get; set; }

        [DataMember(Name = "screen")]
        public ScreenState Screen { get; set; }
    }

    [DataContract]
    public sealed class HelloAnswer
    {
        [DataMember(Name = "product", IsRequired = true)]
        public string Product { get; set; }

        [DataMember(Name = "wire", IsRequired = true)]
        public int WireVersion { get; set; }

        [DataMember(Name = "session", IsRequired = true)]
        public string Session { get; set; }

        [DataMember(Name = "nextWaitMs", IsRequired = true)]
        public int NextWaitMs { get; set; }

        [DataMember(Name = "scanWaitMs", IsRequired = true)]
        public int ScanWaitMs { get; set; }

        [DataMember(Name = "scans", IsRequired = true)]
        public bool Scans { get; set; }

        [DataMember(Name = "watchKey")]
        public string WatchKey { get; set; }

        [DataMember(Name = "language")]
        public string Language { get; set; }
    }

    [DataContract]
    public sealed class NextBody
    {
        [DataMember(Name = "session")]
        public string Session { get; set; }

        [DataMember(Name = "waitMs")]
        public int WaitMs { get; set; }
    }

    [DataContract]
    public sealed class NextAnswer
    {
        [DataMember(Name = "action", IsRequired = true)]
        public FrontAction Action { get; set; }
    }

    /// <summary>All kinds in one: which members there are, the kind says.</summary>
    [DataContract]
    public sealed class FrontAction
    {
        [DataMember(Name = "id", IsRequired = true)]
        public string Id { get; set; }

        [DataMember(Name = "kind", IsRequired = true)]
        public string Kind { get; set; }

        [DataMember(Name = "expiresInMs", IsRequired = true)]
        public long ExpiresInMs { get; set; }

        /// <summary>The same within what the contract allows.</summary>
        public long SpanMs { get { return System.Math.Max(0, System.Math.Min(ExpiresInMs, 600000)); } }

        [DataMember(Name = "place")]
        public string Place { get; set; }

        [DataMember(Name = "orderId")]
        public string OrderId { get; set; }

        [DataMember(Name = "screenSeq")]
        public long? ScreenSeq { get; set; }

        [DataMember(Name = "number")]
        public string Number { get; set; }

        [DataMember(Name = "numbers")]
        public List<string> Numbers { get; set; }

        [DataMember(Name = "phone")]
        public string Phone { get; set; }

        [DataMember(Name = "cardNumber")]
        public string CardNumber { get; set; }

        [DataMember(Name = "createName")]
        public string CreateName { get; set; }

        [DataMember(Name = "replace")]
        public bool Replace { get; set; }

        [DataMember(Name = "credential")]
        public string Credential { get; set; }

        [DataMember(Name = "scope")]
        public string Scope { get; set; }

        [DataMember(Name = "fallback")]
        public GuestKey Fallback { get; set; }

        [DataMember(Name = "key")]
        public string Key { get; set; }

        [DataMember(Name = "value")]
        public string Value { get; set; }

        [DataMember(Name = "isPublic")]
        public bool IsPublic { get; set; }

        [DataMember(Name = "text")]
        public string Text { get; set; }

        [DataMember(Name = "level")]
        public string Level { get; set; }
    }

    /// <summary>By what a guest is found in the till's directory: one of the two.</summary>
    [DataContract]
    public sealed class GuestKey
    {
        [DataMember(Name = "phone")]
        public string Phone { get; set; }

        [DataMember(Name = "cardNumber")]
        public string CardNumber { get; set; }
    }

    [DataContract]
    public sealed class ResultBody
    {
        [DataMember(Name = "session")]
        public string Session { get; set; }

        [DataMember(Name = "id")]
        public string Id { get; set; }

        [DataMember(Name = "outcome")]
        public string Outcome { get; set; }

        [DataMember(Name = "detail", EmitDefaultValue = false)]
        public string Detail { get; set; }

        [DataMember(Name = "evidence", EmitDefaultValue = false)]
        public string Evidence { get; set; }

        [DataMember(Name = "orderId", EmitDefaultValue = false)]
        public string OrderId { get; set; }

        [DataMember(Name = "orderNumber", EmitDefaultValue = false)]
        public int? OrderNumber { get; set; }

        [DataMember(Name = "revision", EmitDefaultValue = false)]
        public int? Revision { get; set; }

        [DataMember(Name = "hostText", EmitDefaultValue = false)]
        public string HostText { get; set; }
    }

    [DataContract]
    public sealed class ResultAnswer
    {
        [DataMember(Name = "id", IsRequired = true)]
        public string Id { get; set; }

        [DataMember(Name = "recorded", IsRequired = true)]
        public string Recorded { get; set; }

        [DataMember(Name = "message")]
        public CashierMessage Message { get; set; }
    }

    [DataContract]
    public sealed class CashierMessage
    {
        [DataMember(Name = "text", IsRequired = true)]
        public string Text { get; set; }

        [DataMember(Name = "level", IsRequired = true)]
        public string Level { get; set; }
    }

    [DataContract]
    public sealed class Tracks
    {
        [DataMember(Name = "full", EmitDefaultValue = false)]
        public string Full { get; set; }

        [DataMember(Name = "track1", EmitDefaultValue = false)]
        public string Track1 { get; set; }

        [DataMember(Name = "track2", EmitDefaultValue = false)]
        public string Track2 { get; set; }

        [DataMember(Name = "track3", EmitDefaultValue = false)]
        public string Track3 { get; set; }
    }

    [DataContract]
    public sealed class ScanBody
    {
        [DataMember(Name = "session")]
        public string Session { get; set; }

        [DataMember(Name = "scan")]
        public string Scan { get; set; }

        [DataMember(Name = "kind")]
        public string Kind { get; set; }

        [DataMember(Name = "raw")]
        public string Raw { get; set; }

        [DataMember(Name = "tracks", EmitDefaultValue = false)]
        public Tracks Tracks { get; set; }

        [DataMember(Name = "orderId", EmitDefaultValue = false)]
        public string OrderId { get; set; }

        [DataMember(Name = "screen", EmitDefaultValue = false)]
        public ScreenState Screen { get; set; }

        [DataMember(Name = "waitMs")]
        public int WaitMs { get; set; }
    }

    [DataContract]
    public sealed class ScanAnswer
    {
        [DataMember(Name = "handled", IsRequired = true)]
        public bool Handled { get; set; }

        [DataMember(Name = "action")]
        public FrontAction Action { get; set; }

        [DataMember(Name = "message")]
        public CashierMessage Message { get; set; }
    }

    [DataContract]
    public sealed class ScreenBody
    {
        [DataMember(Name = "session")]
        public string Session { get; set; }

        [DataMember(Name = "seq")]
        public long Seq { get; set; }

        [DataMember(Name = "screen")]
        public string Screen { get; set; }

        [DataMember(Name = "orderId", EmitDefaultValue = false)]
        public string OrderId { get; set; }

        [DataMember(Name = "orderNumber", EmitDefaultValue = false)]
        public int? OrderNumber { get; set; }
    }

    [DataContract]
    public sealed class SessionAnswer
    {
        [DataMember(Name = "session", IsRequired = true)]
        public string Session { get; set; }
    }

    [DataContract]
    public sealed class AuthorizeBody
    {
        [DataMember(Name = "session")]
        public string Session { get; set; }

        [DataMember(Name = "id")]
        public string Id { get; set; }

        [DataMember(Name = "orderId")]
        public string OrderId { get; set; }
    }

    [DataContract]
    public sealed class AuthorizeAnswer
    {
        [DataMember(Name = "done", IsRequired = true)]
        public bool Done { get; set; }

        [DataMember(Name = "reason")]
        public string Reason { get; set; }
    }

    [DataContract]
    public sealed class ErrorAnswer
    {
        [DataMember(Name = "error", IsRequired = true)]
        public ErrorFacts Error { get; set; }
    }

    [DataContract]
    public sealed class ErrorFacts
    {
        [DataMember(Name = "code", IsRequired = true)]
        public string Code { get; set; }
    }
}
