using System;
using System.Collections.Generic;
using System.Linq;

namespace Tillbridge.Iiko.Tests
{
    /// <summary>An order in memory, with a hook before each call.</summary>
    internal sealed class HandEditor : IOrderEditor
    {
        public readonly OrderFacts Order = new OrderFacts { Id = "o-1", Number = 7, Guests = new List<string>(), Discounts = new List<string>(), Coupons = new List<string>() };
        public readonly Dictionary<string, DiscountCard> Cards = new Dictionary<string, DiscountCard>();
        public readonly Dictionary<string, string> Phones = new Dictionary<string, string>();
        public readonly Dictionary<string, string> Data = new Dictionary<string, string>();
        public readonly List<string> Calls = new List<string>();
        public Action<string> Before = call => { };
        public bool Deaf;

        public OrderFacts Read()
        {
            Note("Read");
            return new OrderFacts { Id = Order.Id, Number = Order.Number, Revision = Order.Revision, State = Order.State, Guests = Order.Guests.ToList(), Discounts = Order.Discounts.ToList(), Coupons = Order.Coupons.ToList(), PriceCategory = Order.PriceCategory };
        }

        public DiscountCard FindDiscountCard(string number)
        {
            Note("FindDiscountCard");
            return Cards.ContainsKey(number) ? Cards[number] : null;
        }

        public void AddDiscountByCard(DiscountCard card)
        {
            Change("AddDiscountByCard", () =>
            {
                if (card.DiscountType != null) Order.Discounts.Add(card.DiscountType);
                else Order.PriceCategory = card.PriceCategory;
            });
        }

        public void SetCoupons(IList<string> numbers)
        {
            Change("SetCoupons", () => Order.Coupons = numbers);
        }

        public string FindGuestByPhone(string phone)
        {
            Note("FindGuestByPhone");
            return Phones.ContainsKey(phone) ? Phones[phone] : null;
        }

        public string FindGuestByCard(string cardNumber)
        {
            Note("FindGuestByCard");
            throw new FrontRefusal("unsupportedByApiVersion", "guestByCard");
        }

        public string CreateGuest(string name, string phone, string cardNumber)
        {
            Note("CreateGuest");
            return "new-guest";
        }

        public void AddGuest(string guestId)
        {
            Change("AddGuest", () => Order.Guests.Add(guestId));
        }

        public void RemoveGuest(string guestId)
        {
            Change("RemoveGuest", () => Order.Guests.Remove(guestId));
        }

        public string ExternalData(string key)
        {
            Note("ExternalData");
            return Data.ContainsKey(key) ? Data[key] : null;
        }

        public void SetExternalData(string key, string value, bool isPublic)
        {
            Change("SetExternalData", () => Data[key] = value);
        }

        private void Note(string call)
        {
            Calls.Add(call);
            Before(call);
        }

        private void Change(string call, Action change)
        {
            Note(call);
            if (Deaf) return;
            change();
            Order.Revision++;
        }
    }
}
