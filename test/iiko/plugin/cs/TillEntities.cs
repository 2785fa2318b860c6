// What is on the simulated till: cards, guests, orders, screens.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Resto.Front.Api;
using Resto.Front.Api.Data.Brd;
using Resto.Front.Api.Data.Common;
using Resto.Front.Api.Data.Orders;
using Resto.Front.Api.Data.Organization;
using Resto.Front.Api.Data.Screens;
using Resto.Front.Api.Data.Security;
using Resto.Front.Api.Editors;
using Resto.Front.Api.Editors.Stubs;
using Resto.Front.Api.Exceptions;
using Resto.Front.Api.UI;

namespace Tillbridge.Iiko.Tests
{
    public class Entity : ICredentials, ITerminal, IDiscountType, IPriceCategory
    {
        public Guid Id { get; set; }

        public string Name { get; set; }

        public bool CanApplyByCardNumber { get; set; }
    }

    public sealed class Card : Entity, IDiscountCard
    {
        public string CardNumber { get; set; }

        public IDiscountType DiscountType { get; set; }

        public IPriceCategory PriceCategory { get; set; }
    }

    public sealed class Client : Entity, IClient, INewClientStub
    {
        public string Phone { get; set; }

        public string CardNumber { get; set; }

        public int Revision { get; set; }
    }

    public sealed class Coupon : IIikoCard51CouponInfo
    {
        public string Number { get; set; }

        public string Series { get { return ""; } }

        public bool Applied { get { return true; } }
    }

    public sealed class Order : IOrder, IIikoCard51OrderInfo
    {
        public List<IDiscountType> DiscountTypes = new List<IDiscountType>();
        public List<Guid> Customers = new List<Guid>();
        public List<string> CouponNumbers = new List<string>();
        public Dictionary<string, string> External = new Dictionary<string, string>();
        public IPriceCategory Category;

        public Guid Id { get; set; }

        public int Number { get; set; }

        public int Revision { get; set; }

        public OrderStatus Status { get; set; }

        public IReadOnlyList<Guid> CustomerIds { get { return Customers; } }

        public IReadOnlyList<IDiscountItem> Discounts { get { return DiscountTypes.Select(type => (IDiscountItem)new Item { DiscountType = type }).ToList(); } }

        public IPriceCategory PriceCategory { get { return Category; } }

        public IIikoCard51OrderInfo IikoCard51Info { get { return this; } }

#if FRONT_V8
        public IIikoCard51CouponInfo Coupon { get { return CouponNumbers.Count == 0 ? null : new Coupon { Number = CouponNumbers[0] }; } }
#else
        public IReadOnlyList<IIikoCard51CouponInfo> Coupons { get { return CouponNumbers.Select(number => (IIikoCard51CouponInfo)new Coupon { Number = number }).ToList(); } }
#endif

        public Order Copy()
        {
            var copy = (Order)MemberwiseClone();
            copy.DiscountTypes = DiscountTypes.ToList();
            copy.Customers = Customers.ToList();
            copy.CouponNumbers = CouponNumbers.ToList();
            copy.External = new Dictionary<string, string>(External);
            return copy;
        }

        private sealed class Item : IDiscountItem
        {
            public IDiscountType DiscountType { get; set; }
        }
    }

    public sealed class OtherScreen : IScreen
    {
    }

    public sealed class LockScreen : ILockScreen
    {
    }

    /// <summary>The order screen, or the payment of that order.</summary>
    public class OrderScreen : IScreenWithOrder
    {
        private readonly SimulatedTill till;

        public OrderScreen(SimulatedTill till, Guid orderId)
        {
            this.till = till;
            OrderId = orderId;
        }

        public Guid OrderId { get; private set; }

        public virtual bool Pays { get { return false; } }

        public IOrder Order { get { return till.Snapshot(OrderId); } }
    }

    public sealed class EditScreen : OrderScreen, IOrderEditScreen
    {
        public EditScreen(SimulatedTill till, Guid orderId)
            : base(till, orderId)
        {
        }
    }

    public sealed class PayScreen : OrderScreen, IOrderPayScreen
    {
        public PayScreen(SimulatedTill till, Guid orderId)
            : base(till, orderId)
        {
        }

        public override bool Pays { get { return true; } }
    }
}
