using System;
using System.Collections.Generic;

namespace Tillbridge.Iiko
{
    /// <summary>
    /// Which orders to look into for what a waiter's terminal wrote. Each value of an order is one read, however often the order changes afterwards.
    /// Fact: iikoWaiter by Arbus writes the scanned value to the order's external data and checks nothing (vendor's pages on External Loyalty).
    /// </summary>
    public sealed class Watch
    {
        private const int MostWaiting = 128;
        private const int MostSeen = 512;
        private readonly object gate = new object();
        private readonly Queue<string> waiting = new Queue<string>();
        private readonly Dictionary<string, string> seen = new Dictionary<string, string>();
        private readonly Queue<string> seenInTurn = new Queue<string>();

        /// <summary>How many orders were given up because too many waited.</summary>
        public int Dropped { get; private set; }

        /// <summary>Whether there is something new to look at.</summary>
        public bool Changed(OrderFacts order)
        {
            if (order.State != OrderState.New) return false;
            lock (gate)
            {
                if (waiting.Contains(order.Id)) return false;
                if (waiting.Count >= MostWaiting)
                {
                    waiting.Dequeue();
                    Dropped++;
                }
                waiting.Enqueue(order.Id);
                return true;
            }
        }

        /// <summary>The next order to look into, or null.</summary>
        public string Next()
        {
            lock (gate) return waiting.Count > 0 ? waiting.Dequeue() : null;
        }

        /// <summary>Puts it back: it could not be asked about.</summary>
        public void Again(string orderId)
        {
            lock (gate)
            {
                if (waiting.Count < MostWaiting && !waiting.Contains(orderId)) waiting.Enqueue(orderId);
            }
        }

        public bool IsNew(string orderId, string value)
        {
            if (string.IsNullOrEmpty(value)) return false;
            lock (gate)
            {
                string known;
                return !seen.TryGetValue(orderId, out known) || known != value;
            }
        }

        public void Took(string orderId, string value)
        {
            lock (gate)
            {
                if (!seen.ContainsKey(orderId)) seenInTurn.Enqueue(orderId);
                seen[orderId] = value;
                if (seenInTurn.Count > MostSeen) seen.Remove(seenInTurn.Dequeue());
            }
        }
    }
}
