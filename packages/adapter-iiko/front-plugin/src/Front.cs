using System;
using System.Collections.Generic;

namespace Tillbridge.Iiko
{
    /// <summary>What the plugin needs of iikoFront, in words of its own. FrontHost.cs is the one file that knows the vendor's.</summary>
    public interface IFront
    {
        string ApplicationVersion { get; }

        /// <summary>V8, V9 or V10: what the plugin was compiled for.</summary>
        string ApiVersion { get; }

        string TerminalId { get; }

        string TerminalName { get; }

        /// <summary>
        /// Runs the work on the order that the order screen shows, at once or as soon as the screen is idle; blocks until then.
        /// Throws FrontRefusal when the screen has no order to edit or went away first. What the work throws comes through, translated.
        /// </summary>
        void EditCurrentOrder(Action<IOrderEditor> work);

        /// <summary>Runs the work on an order that no screen shows. Throws FrontRefusal.</summary>
        void EditStoredOrder(string orderId, Action<IOrderEditor> work);

        /// <summary>The value of an order's external data, or null.</summary>
        string ExternalData(string orderId, string key);

        /// <summary>A line at the edge of the screen. Never throws.</summary>
        void Tell(string text, MessageLevel level);
    }

    public enum MessageLevel
    {
        Info,
        Warning,
        Error
    }

    /// <summary>
    /// One order under edit; valid only inside the work that it was given to. Each member that changes something hands it to the till
    /// (one SubmitChanges) and throws FrontRefusal when the till would not.
    /// </summary>
    public interface IOrderEditor
    {
        /// <summary>The order as the till has it now, read anew.</summary>
        OrderFacts Read();

        /// <summary>A card of the till's own list, or null.</summary>
        DiscountCard FindDiscountCard(string number);

        void AddDiscountByCard(DiscountCard card);

        /// <summary>Puts these in the place of those that the order has. V8 takes one.</summary>
        void SetCoupons(IList<string> numbers);

        /// <summary>Id of a guest of the till's own directory, or null.</summary>
        string FindGuestByPhone(string phone);

        /// <summary>The same by card; refused as unsupportedByApiVersion on V8.</summary>
        string FindGuestByCard(string cardNumber);

        /// <summary>Id of the guest made. Phone or card may be null.</summary>
        string CreateGuest(string name, string phone, string cardNumber);

        void AddGuest(string guestId);

        void RemoveGuest(string guestId);

        /// <summary>Null: there is none.</summary>
        string ExternalData(string key);

        void SetExternalData(string key, string value, bool isPublic);
    }

    public sealed class DiscountCard
    {
        public string Number { get; set; }

        /// <summary>What it changes of the order: the id of a discount type, or null.</summary>
        public string DiscountType { get; set; }

        /// <summary>The id of a price category, or null. A card has one of the two.</summary>
        public string PriceCategory { get; set; }

        /// <summary>Whether its discount may be given by a number, not only by a swipe.</summary>
        public bool ByNumber { get; set; }
    }

    public enum OrderState
    {
        New,
        Bill,
        Closed,
        Deleted
    }

    public sealed class OrderFacts
    {
        public string Id { get; set; }

        public int Number { get; set; }

        public int Revision { get; set; }

        public OrderState State { get; set; }

        /// <summary>Ids of the guests that are bound to it.</summary>
        public IList<string> Guests { get; set; }

        /// <summary>Ids of the discount types on it, one for each discount.</summary>
        public IList<string> Discounts { get; set; }

        /// <summary>Numbers of the iikoCard coupons on it.</summary>
        public IList<string> Coupons { get; set; }

        /// <summary>Id, or null.</summary>
        public string PriceCategory { get; set; }
    }

    public enum ScreenKind
    {
        OrderEdit,
        Payment,
        Delivery,
        Lock,
        Other
    }

    /// <summary>What happened on the till. Every member returns quickly and throws nothing.</summary>
    public interface IFrontEvents
    {
        /// <summary>Whether Tillbridge took the read. False: the till goes on as if nobody had looked.</summary>
        bool Scanned(FrontScan scan);

        void ScreenChanged(ScreenKind screen, OrderFacts order);

        void OrderChanged(OrderFacts order);
    }

    public sealed class FrontScan
    {
        /// <summary>barcode or card: for which the till took the reader.</summary>
        public string Kind { get; set; }

        public string Raw { get; set; }

        /// <summary>Of a card; null for a barcode.</summary>
        public Tracks Tracks { get; set; }

        /// <summary>Null where the till says none.</summary>
        public OrderFacts Order { get; set; }

        /// <summary>Edits that order while the handler lasts; null where the till gives none.</summary>
        public IOrderEditor Editor { get; set; }

        /// <summary>Seen before the till itself looked at it (V10): it comes a second time when the till knows nothing about it.</summary>
        public bool BeforeTill { get; set; }
    }

    /// <summary>The till would not. Outcome and detail are words of the contract; the host's text stays out, as it may name a card.</summary>
    public sealed class FrontRefusal : Exception
    {
        public FrontRefusal(string outcome, string detail, string hostText = null)
            : base(outcome + " " + detail)
        {
            Outcome = outcome;
            Detail = detail;
            HostText = hostText;
        }

        public string Outcome { get; private set; }

        /// <summary>One word, or null.</summary>
        public string Detail { get; private set; }

        /// <summary>Only where the host refuses its licence; masked.</summary>
        public string HostText { get; private set; }
    }
}
