// One of the files that know the vendor's assemblies; they are all in this folder. FRONT_V8, FRONT_V9 or FRONT_V10 says which Resto.Front.Api they are
// compiled against. Names and signatures: the public code reference of Syrve POS Api V8, V9 and V10 (docs/ of the front.api.sdk repository).
using System;
using System.Collections.Generic;
using System.Linq;
using Resto.Front.Api.Data.Orders;
using Resto.Front.Api.Exceptions;

namespace Tillbridge.Iiko
{
    /// <summary>Orders and exceptions of the host, in the words of the plugin.</summary>
    internal static class Host
    {
        public static OrderFacts FactsOf(IOrder order)
        {
            var loyalty = order.IikoCard51Info;
            return new OrderFacts
            {
                Id = order.Id.ToString("D"),
                Number = order.Number,
                Revision = order.Revision,
                State = StateOf(order.Status),
                Guests = order.CustomerIds.Select(id => id.ToString("D")).ToList(),
                Discounts = order.Discounts.Where(item => item.DiscountType != null).Select(item => item.DiscountType.Id.ToString("D")).ToList(),
                Coupons = CouponsOf(loyalty).Select(coupon => coupon.Number).ToList(),
                PriceCategory = order.PriceCategory == null ? null : order.PriceCategory.Id.ToString("D")
            };
        }

        private static OrderState StateOf(OrderStatus status)
        {
            switch (status)
            {
                case OrderStatus.New:
                    return OrderState.New;
                case OrderStatus.Bill:
                    return OrderState.Bill;
                case OrderStatus.Deleted:
                    return OrderState.Deleted;
                default:
                    return OrderState.Closed;
            }
        }

        private static IEnumerable<IIikoCard51CouponInfo> CouponsOf(IIikoCard51OrderInfo loyalty)
        {
            if (loyalty == null) return new IIikoCard51CouponInfo[0];
#if FRONT_V8
            return loyalty.Coupon == null ? new IIikoCard51CouponInfo[0] : new[] { loyalty.Coupon };
#else
            return loyalty.Coupons ?? (IEnumerable<IIikoCard51CouponInfo>)new IIikoCard51CouponInfo[0];
#endif
        }

        public static void Run(bool changing, Action call)
        {
            Run(changing, () =>
            {
                call();
                return true;
            });
        }

        /// <summary>Runs a call of the host and says what its exceptions mean in the words of the contract.</summary>
        public static T Run<T>(bool changing, Func<T> call)
        {
            try
            {
                return call();
            }
            catch (Exception error)
            {
                if (error is FrontRefusal) throw;
                throw Refusal(error, changing);
            }
        }

        private static FrontRefusal Refusal(Exception error, bool changing)
        {
            if (error is NotSupportedException) return new FrontRefusal("wrongScreen", "notSupported");
            if (error is OperationCanceledException) return new FrontRefusal("wrongScreen", "left");
            if (error is EntityAlreadyInUseException) return new FrontRefusal("conflict", "inUse");
            if (error is EntityModifiedException) return new FrontRefusal("conflict", "modified");
            if (error is EntityNotFoundException) return new FrontRefusal("conflict", "gone");
            if (error is PermissionDeniedException) return new FrontRefusal("notAllowed", "permission");
            if (error is InsufficientLicenseException || error is LicenseRestrictionException) return new FrontRefusal("notAllowed", "licence", Masked(error.Message));
            if (error is ConstraintViolationException) return new FrontRefusal("notAllowed", "constraint");
            return new FrontRefusal(changing ? "unknown" : "hostError", error.GetType().Name);
        }

        private static string Masked(string text)
        {
            var clean = BoundedLog.Clean(text);
            return clean.Length > 300 ? clean.Substring(0, 300) : clean;
        }
    }
}
