// A till behind the clean-room interface: enough of iikoFront to see what the plugin does to orders, and a dial of faults.
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
    public sealed class SimulatedTill : IOperationService, ILog, IPluginIntegrationService
    {
        private readonly object gate = new object();
        private readonly string folder;
        private readonly Dictionary<string, Queue<string>> faults = new Dictionary<string, Queue<string>>();
        private readonly ManualResetEvent idle = new ManualResetEvent(true);

        public SimulatedTill(string folder)
        {
            this.folder = folder;
            Orders = new Dictionary<Guid, Order>();
            Cards = new Dictionary<string, Card>();
            Clients = new Dictionary<Guid, Client>();
            Messages = new List<string>();
            Screen = new OtherScreen();
        }

        public Dictionary<Guid, Order> Orders { get; private set; }

        public Dictionary<string, Card> Cards { get; private set; }

        public Dictionary<Guid, Client> Clients { get; private set; }

        public List<string> Messages { get; private set; }

        public IScreen Screen { get; set; }

        public int Submitted { get; private set; }

        /// <summary>The till says yes to edits and does nothing.</summary>
        public bool Deaf { get; set; }

        /// <summary>An uninterruptible dialog is up: TryEditCurrentOrder waits.</summary>
        public void Busy(bool busy)
        {
            if (busy) idle.Reset();
            else idle.Set();
        }

        /// <summary>The next call of that member throws that exception.</summary>
        public void Fault(string member, string exception)
        {
            lock (gate)
            {
                Queue<string> queue;
                if (!faults.TryGetValue(member, out queue)) faults[member] = queue = new Queue<string>();
                queue.Enqueue(exception);
            }
        }

        public void TryEditCurrentOrder(Action<(IOrder order, IOperationService os, IViewManager vm)> callback)
        {
            Fail("TryEditCurrentOrder");
            var screen = Screen as OrderScreen;
            if (screen == null || screen.Pays) throw new NotSupportedException("screen");
            idle.WaitOne();
            if (!ReferenceEquals(Screen, screen)) throw new OperationCanceledException("left");
            callback((Snapshot(screen.OrderId), this, null));
        }

        public IOrder TryGetOrderById(Guid id)
        {
            Fail("TryGetOrderById");
            return Snapshot(id);
        }

        public string TryGetOrderExternalDataByKey(IOrder order, string key)
        {
            Fail("TryGetOrderExternalDataByKey");
            lock (gate)
            {
                string value;
                return Orders[order.Id].External.TryGetValue(key, out value) ? value : null;
            }
        }

        public IDiscountCard SearchDiscountCardByNumber(string cardNumber)
        {
            Fail("SearchDiscountCardByNumber");
            lock (gate)
            {
                Card card;
                return Cards.TryGetValue(cardNumber, out card) ? card : null;
            }
        }

        public IClient TryGetClientById(Guid id)
        {
            Fail("TryGetClientById");
            lock (gate)
            {
                Client client;
                return Clients.TryGetValue(id, out client) ? client : null;
            }
        }

        public IClient TryGetClientByPhone(string phone, ICredentials credentials)
        {
            Fail("TryGetClientByPhone");
            lock (gate) return Clients.Values.FirstOrDefault(c => c.Phone == phone);
        }

        public IClient TryGetClientByCardNumber(string cardNumber, ICredentials credentials)
        {
            Fail("TryGetClientByCardNumber");
            lock (gate) return Clients.Values.FirstOrDefault(c => c.CardNumber == cardNumber);
        }

        public bool AddClientToOrder(IOrder order, IClient client, ICredentials credentials)
        {
            return Change("AddClientToOrder", order, real => real.Customers.Add(client.Id));
        }

        public bool RemoveOrderClient(IOrder order, IClient client, ICredentials credentials)
        {
            return Change("RemoveOrderClient", order, real => real.Customers.Remove(client.Id));
        }

        public ICredentials GetDefaultCredentials()
        {
            Fail("GetDefaultCredentials");
            return new Entity();
        }

        public IEditSession CreateEditSession()
        {
            Fail("CreateEditSession");
            return new EditSession();
        }

        public ISubmittedEntities SubmitChanges(IEditSession editSession, ICredentials credentials)
        {
            Fail("SubmitChanges");
            lock (gate)
            {
                var session = (EditSession)editSession;
                if (!Deaf)
                {
                    foreach (var create in session.Creates) Clients[create.Id] = create;
                    foreach (var change in session.Changes) Apply(change.Key, change.Value);
                }
                Submitted++;
            }
            // a host that did it and then lost the answer
            Fail("SubmitChanges.after");
            return null;
        }

        public ITerminal GetHostTerminal()
        {
            Fail("GetHostTerminal");
            return new Entity { Id = new Guid("5b0a6d5e-1111-4222-8333-944455556666"), Name = "Касса 1" };
        }

        public void AddNotificationMessage(string message, string sender, TimeSpan? timeout = null)
        {
            Say("info", message);
        }

        public void AddWarningMessage(string message, string sender, TimeSpan? timeout = null)
        {
            Say("warning", message);
        }

        public void AddErrorMessage(string message, string sender, TimeSpan? timeout = null)
        {
            Say("error", message);
        }

        public void Info(string message)
        {
        }

        public void Warn(string message)
        {
        }

        public void Error(string message)
        {
            lock (gate) Messages.Add("log " + message);
        }

        public string GetApplicationVersion()
        {
            Fail("GetApplicationVersion");
            return "9.5.6059.0";
        }

        public string GetConfigsDirectoryPath()
        {
            Fail("GetConfigsDirectoryPath");
            return folder;
        }

        public string GetDataStorageDirectoryPath()
        {
            return folder;
        }

        public Order Open(int number)
        {
            lock (gate)
            {
                var order = new Order { Id = Guid.NewGuid(), Number = number };
                Orders[order.Id] = order;
                return order;
            }
        }

        public Order Snapshot(Guid id)
        {
            lock (gate)
            {
                Order order;
                return Orders.TryGetValue(id, out order) ? order.Copy() : null;
            }
        }

        private bool Change(string member, IOrder order, Action<Order> change)
        {
            Fail(member);
            lock (gate)
            {
                if (Deaf) return false;
                Check(order);
                Apply(order.Id, change);
                return true;
            }
        }

        private void Check(IOrder order)
        {
            if (Orders[order.Id].Revision != order.Revision) throw new EntityModifiedException("revision");
        }

        private void Apply(Guid id, Action<Order> change)
        {
            var order = Orders[id];
            change(order);
            order.Revision++;
        }

        private void Say(string level, string text)
        {
            Fail("Message");
            lock (gate) Messages.Add(level + " " + text);
        }

        private void Fail(string member)
        {
            string name = null;
            lock (gate)
            {
                Queue<string> queue;
                if (faults.TryGetValue(member, out queue) && queue.Count > 0) name = queue.Dequeue();
            }
            if (name == null) return;
            // a text with a number in it, as a host may well write
            const string text = "card 2000000012345 of 79991234567";
            switch (name)
            {
                case "inUse":
                    throw new EntityAlreadyInUseException(text);
                case "modified":
                    throw new EntityModifiedException(text);
                case "permission":
                    throw new PermissionDeniedException(text);
                case "licence":
                    throw new InsufficientLicenseException("No licence for module 21016318, " + text);
                case "constraint":
                    throw new ConstraintViolationException(text);
                case "notSupported":
                    throw new NotSupportedException(text);
                case "canceled":
                    throw new OperationCanceledException(text);
                default:
                    throw new InvalidOperationException(text);
            }
        }

        private sealed class EditSession : IEditSession
        {
            public readonly List<KeyValuePair<Guid, Action<Order>>> Changes = new List<KeyValuePair<Guid, Action<Order>>>();
            public readonly List<Client> Creates = new List<Client>();

            public void AddDiscountByCardNumber(string cardNumber, IOrderStub order, IDiscountCard discountCard)
            {
                Note(order, real =>
                {
                    if (discountCard.DiscountType != null) real.DiscountTypes.Add(discountCard.DiscountType);
                    else real.Category = discountCard.PriceCategory;
                });
            }

            public INewClientStub CreateClient(Guid id, string name, List<PhoneDto> phones, string cardNumber, DateTime? dateCreated)
            {
                var client = new Client { Id = id, Name = name, Phone = phones == null ? null : phones[0].PhoneValue, CardNumber = cardNumber };
                Creates.Add(client);
                return client;
            }

#if FRONT_V8
            public void ChangeOrderIikoCard5Coupon(string iikoCard5Coupon, IOrderStub order)
            {
                Note(order, real => real.CouponNumbers = new List<string> { iikoCard5Coupon });
            }

            public void AddOrderExternalData(string key, string value, bool isPublic, IOrderStub order)
            {
                Note(order, real => real.External[key] = value);
            }
#else
            public void ChangeOrderIikoCard5Coupons(List<string> iikoCard5Coupons, IOrderStub order)
            {
                Note(order, real => real.CouponNumbers = iikoCard5Coupons);
            }

            public void AddOrderExternalData(string key, ExternalDataItem externalDataItem, IOrderStub order)
            {
                Note(order, real => real.External[key] = externalDataItem.Value);
            }
#endif

            private void Note(IOrderStub order, Action<Order> change)
            {
                Changes.Add(new KeyValuePair<Guid, Action<Order>>(((IOrder)order).Id, change));
            }
        }
    }
}
