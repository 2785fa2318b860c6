// Clean-room stand-in for the vendor's contract assembly, so that FrontHost.cs can be compiled and run where that assembly cannot be had.
// Only what the plugin uses, written after the public code reference of Syrve POS Api V8, V9 and V10: names and signatures, no text of the vendor's.
// It is never shipped to a till. FRONT_V8, FRONT_V9 and FRONT_V10 choose what the versions differ in.
using System;
using System.Collections.Generic;
using Resto.Front.Api.Data.Brd;
using Resto.Front.Api.Data.Common;
using Resto.Front.Api.Data.Device;
using Resto.Front.Api.Data.Orders;
using Resto.Front.Api.Data.Organization;
using Resto.Front.Api.Data.Screens;
using Resto.Front.Api.Data.Security;
using Resto.Front.Api.Data.View;
using Resto.Front.Api.Editors;
using Resto.Front.Api.Editors.Stubs;
using Resto.Front.Api.UI;

namespace Resto.Front.Api
{
    public interface IFrontPlugin : IDisposable
    {
    }

    public interface ILog
    {
        void Info(string message);
        void Warn(string message);
        void Error(string message);
    }

    public interface IPluginIntegrationService
    {
        string GetApplicationVersion();
        string GetConfigsDirectoryPath();
        string GetDataStorageDirectoryPath();
    }

    public interface INotification<out T, in TResult>
    {
        IDisposable Subscribe(Func<T, TResult> handler);
    }

    public interface INotificationService
    {
        INotification<(string barcode, IOrder order, IOperationService os, IViewManager vm), bool> OrderEditBarcodeScanned { get; }
        INotification<(CardInputDialogResult card, IOrder order, IOperationService os, IViewManager vm), bool> OrderEditCardSlided { get; }
        IObservable<IScreen> ScreenChanged { get; }
        IObservable<EntityChangedEventArgs<IOrder>> OrderChanged { get; }
#if FRONT_V10
        INotification<CardScannedEventArgs, bool> CardScanned { get; }
#endif
    }

    public interface IOperationService
    {
        void TryEditCurrentOrder(Action<(IOrder order, IOperationService os, IViewManager vm)> callback);
        IOrder TryGetOrderById(Guid id);
        string TryGetOrderExternalDataByKey(IOrder order, string key);
        IDiscountCard SearchDiscountCardByNumber(string cardNumber);
        IClient TryGetClientById(Guid id);
        IClient TryGetClientByPhone(string phone, ICredentials credentials);
#if !FRONT_V8
        IClient TryGetClientByCardNumber(string cardNumber, ICredentials credentials);
#endif
        bool AddClientToOrder(IOrder order, IClient client, ICredentials credentials);
        bool RemoveOrderClient(IOrder order, IClient client, ICredentials credentials);
        ICredentials GetDefaultCredentials();
        IEditSession CreateEditSession();
        ISubmittedEntities SubmitChanges(IEditSession editSession, ICredentials credentials);
        ITerminal GetHostTerminal();
        void AddNotificationMessage(string message, string sender, TimeSpan? timeout = null);
        void AddWarningMessage(string message, string sender, TimeSpan? timeout = null);
        void AddErrorMessage(string message, string sender, TimeSpan? timeout = null);
    }

    public static class PluginContext
    {
        public static IOperationService Operations { get; private set; }
        public static INotificationService Notifications { get; private set; }
        public static IPluginIntegrationService Integration { get; private set; }
        public static ILog Log { get; private set; }

        /// <summary>Not the vendor's: how a test puts its till in.</summary>
        public static void StandIn(IOperationService operations, INotificationService notifications, IPluginIntegrationService integration, ILog log)
        {
            Operations = operations;
            Notifications = notifications;
            Integration = integration;
            Log = log;
        }
    }
}

namespace Resto.Front.Api.Attributes
{
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class PluginLicenseModuleIdAttribute : Attribute
    {
        public PluginLicenseModuleIdAttribute(int moduleId)
        {
            ModuleId = moduleId;
        }

        public int ModuleId { get; private set; }
    }
}

namespace Resto.Front.Api.Data.Common
{
    public interface IEntity
    {
        Guid Id { get; }
    }

    public interface IVersionedEntity : IEntity
    {
        int Revision { get; }
    }

    public enum EntityEventType
    {
        Created = 0,
        Updated = 1,
        Removed = 2
    }

    public sealed class EntityChangedEventArgs<T>
    {
        public EntityChangedEventArgs(T entity, EntityEventType eventType)
        {
            Entity = entity;
            EventType = eventType;
        }

        public T Entity { get; private set; }

        public EntityEventType EventType { get; private set; }
    }

#if !FRONT_V8
    public sealed class ExternalDataItem
    {
        public ExternalDataItem(string value, bool isPublic)
        {
            Value = value;
            IsPublic = isPublic;
        }

        public string Value { get; private set; }

        public bool IsPublic { get; private set; }
    }
#endif
}

namespace Resto.Front.Api.Data.Orders
{
    public enum OrderStatus
    {
        New = 0,
        Bill = 1,
        Closed = 2,
        Deleted = 3
    }

    public interface IOrder : IVersionedEntity, IOrderStub
    {
        int Number { get; }
        OrderStatus Status { get; }
        IReadOnlyList<Guid> CustomerIds { get; }
        IReadOnlyList<IDiscountItem> Discounts { get; }
        IPriceCategory PriceCategory { get; }
        IIikoCard51OrderInfo IikoCard51Info { get; }
    }

    public interface IDiscountItem
    {
        IDiscountType DiscountType { get; }
    }

    public interface IDiscountType : IEntity
    {
        bool CanApplyByCardNumber { get; }
    }

    public interface IPriceCategory : IEntity
    {
    }

    public interface IDiscountCard : IEntity
    {
        string CardNumber { get; }
        IDiscountType DiscountType { get; }
        IPriceCategory PriceCategory { get; }
    }

    public interface IIikoCard51CouponInfo
    {
        string Number { get; }
        string Series { get; }
        bool Applied { get; }
    }

    public interface IIikoCard51OrderInfo
    {
#if FRONT_V8
        IIikoCard51CouponInfo Coupon { get; }
#else
        IReadOnlyList<IIikoCard51CouponInfo> Coupons { get; }
#endif
    }
}

namespace Resto.Front.Api.Data.Brd
{
    public interface IClient : IVersionedEntity, IClientStub
    {
    }

    public class PhoneDto
    {
        public string PhoneValue { get; set; }

        public bool IsMain { get; set; }
    }
}

namespace Resto.Front.Api.Data.Device
{
#if FRONT_V10
    public enum CardScanDeviceType
    {
        Keyboard = 0,
        Msr = 1,
        Scanner = 2,
        WaiterLock = 3,
        Unknown = 4
    }

    public sealed class CardScannedEventArgs
    {
        public CardScannedEventArgs(string data, CardScanDeviceType deviceType)
        {
            Data = data;
            DeviceType = deviceType;
        }

        public string Data { get; private set; }

        public CardScanDeviceType DeviceType { get; private set; }
    }
#else
    internal static class NothingBeforeV10
    {
    }
#endif
}

namespace Resto.Front.Api.Data.Organization
{
    public interface ITerminal : IEntity
    {
        string Name { get; }
    }
}

namespace Resto.Front.Api.Data.Screens
{
    public interface IScreen
    {
    }

    public interface IScreenWithOrder : IScreen
    {
        IOrder Order { get; }
    }

    public interface IOrderEditScreen : IScreenWithOrder
    {
    }

    public interface IOrderPayScreen : IScreenWithOrder
    {
    }

    public interface IDeliveryOrderEditScreen : IScreenWithOrder
    {
    }

    public interface ILockScreen : IScreen
    {
    }
}

namespace Resto.Front.Api.Data.Security
{
    public interface ICredentials : IEntity
    {
    }
}

namespace Resto.Front.Api.Data.View
{
    public interface IInputDialogResult
    {
    }

    public sealed class CardInputDialogResult : IInputDialogResult
    {
        public CardInputDialogResult(string track1, string track2, string track3, string fullCardTrack)
        {
            Track1 = track1;
            Track2 = track2;
            Track3 = track3;
            FullCardTrack = fullCardTrack;
        }

        public string Track1 { get; private set; }

        public string Track2 { get; private set; }

        public string Track3 { get; private set; }

        public string FullCardTrack { get; private set; }
    }
}

namespace Resto.Front.Api.Editors
{
    public interface ISubmittedEntities
    {
    }

    public interface IEditSession
    {
        void AddDiscountByCardNumber(string cardNumber, IOrderStub order, IDiscountCard discountCard);
        INewClientStub CreateClient(Guid id, string name, List<PhoneDto> phones, string cardNumber, DateTime? dateCreated);
#if FRONT_V8
        void ChangeOrderIikoCard5Coupon(string iikoCard5Coupon, IOrderStub order);
        void AddOrderExternalData(string key, string value, bool isPublic, IOrderStub order);
#else
        void ChangeOrderIikoCard5Coupons(List<string> iikoCard5Coupons, IOrderStub order);
        void AddOrderExternalData(string key, ExternalDataItem externalDataItem, IOrderStub order);
#endif
    }
}

namespace Resto.Front.Api.Editors.Stubs
{
    public interface IOrderStub
    {
    }

    public interface IClientStub
    {
    }

    public interface INewClientStub : IClientStub
    {
    }
}

namespace Resto.Front.Api.UI
{
    public interface IViewManager
    {
        void ChangeProgressBarMessage(string message);
    }
}
