// One of the files that know the vendor's assemblies; they are all in this folder. FRONT_V8, FRONT_V9 or FRONT_V10 says which Resto.Front.Api they are
// compiled against. Names and signatures: the public code reference of Syrve POS Api V8, V9 and V10 (docs/ of the front.api.sdk repository).
using System;
using System.Collections.Generic;
using System.Linq;
using Resto.Front.Api;
using Resto.Front.Api.Data.Brd;
using Resto.Front.Api.Data.Common;
using Resto.Front.Api.Data.Orders;
using Resto.Front.Api.Editors;

namespace Tillbridge.Iiko
{
    /// <summary>The operation service that the till handed out is good for this order while its handler or callback lasts.</summary>
    internal sealed class OrderEditor : IOrderEditor
    {
        private readonly IOperationService os;
        private IOrder order;

        public OrderEditor(IOperationService os, IOrder order)
        {
            this.os = os;
            this.order = order;
        }

        public OrderFacts Read()
        {
            return Host.Run(false, () =>
            {
                var now = os.TryGetOrderById(order.Id);
                if (now == null) return null;
                order = now;
                return Host.FactsOf(now);
            });
        }

        public DiscountCard FindDiscountCard(string number)
        {
            return Host.Run(false, () =>
            {
                var card = os.SearchDiscountCardByNumber(number);
                if (card == null) return null;
                return new DiscountCard
                {
                    Number = number,
                    DiscountType = card.DiscountType == null ? null : card.DiscountType.Id.ToString("D"),
                    PriceCategory = card.PriceCategory == null ? null : card.PriceCategory.Id.ToString("D"),
                    ByNumber = card.DiscountType == null ? card.PriceCategory != null : card.DiscountType.CanApplyByCardNumber
                };
            });
        }

        public void AddDiscountByCard(DiscountCard card)
        {
            var own = Host.Run(false, () => os.SearchDiscountCardByNumber(card.Number));
            if (own == null) throw new FrontRefusal("notFound", null);
            Submit(session => session.AddDiscountByCardNumber(card.Number, order, own));
        }

        public void SetCoupons(IList<string> numbers)
        {
#if FRONT_V8
            if (numbers.Count > 1) throw new FrontRefusal("conflict", "couponPresent");
            Submit(session => session.ChangeOrderIikoCard5Coupon(numbers[0], order));
#else
            Submit(session => session.ChangeOrderIikoCard5Coupons(numbers.ToList(), order));
#endif
        }

        public string FindGuestByPhone(string phone)
        {
            return IdOf(Host.Run(false, () => os.TryGetClientByPhone(phone, os.GetDefaultCredentials())));
        }

        public string FindGuestByCard(string cardNumber)
        {
#if FRONT_V8
            throw new FrontRefusal("unsupportedByApiVersion", "guestByCard");
#else
            return IdOf(Host.Run(false, () => os.TryGetClientByCardNumber(cardNumber, os.GetDefaultCredentials())));
#endif
        }

        public string CreateGuest(string name, string phone, string cardNumber)
        {
            var id = Guid.NewGuid();
            var phones = phone == null ? null : new List<PhoneDto> { new PhoneDto { PhoneValue = phone, IsMain = true } };
            Submit(session => session.CreateClient(id, name, phones, cardNumber, DateTime.Now));
            return id.ToString("D");
        }

        public void AddGuest(string guestId)
        {
            WithGuest(guestId, guest => os.AddClientToOrder(order, guest, os.GetDefaultCredentials()));
        }

        public void RemoveGuest(string guestId)
        {
            WithGuest(guestId, guest => os.RemoveOrderClient(order, guest, os.GetDefaultCredentials()));
            Read();
        }

        public string ExternalData(string key)
        {
            return Host.Run(false, () => os.TryGetOrderExternalDataByKey(order, key));
        }

        public void SetExternalData(string key, string value, bool isPublic)
        {
#if FRONT_V8
            Submit(session => session.AddOrderExternalData(key, value, isPublic, order));
#else
            Submit(session => session.AddOrderExternalData(key, new ExternalDataItem(value, isPublic), order));
#endif
        }

        private static string IdOf(IClient guest)
        {
            return guest == null ? null : guest.Id.ToString("D");
        }

        private void WithGuest(string guestId, Action<IClient> change)
        {
            var guest = Host.Run(false, () => os.TryGetClientById(Guid.Parse(guestId)));
            if (guest == null) throw new FrontRefusal("notFound", "guestGone");
            Host.Run(true, () => change(guest));
        }

        private void Submit(Action<IEditSession> edit)
        {
            var session = Host.Run(false, () =>
            {
                var fresh = os.CreateEditSession();
                edit(fresh);
                return fresh;
            });
            var credentials = Host.Run(false, () => os.GetDefaultCredentials());
            Host.Run(true, () => os.SubmitChanges(session, credentials));
        }
    }
}
