// One of the files that know the vendor's assemblies; they are all in this folder. FRONT_V8, FRONT_V9 or FRONT_V10 says which Resto.Front.Api they are
// compiled against. Names and signatures: the public code reference of Syrve POS Api V8, V9 and V10 (docs/ of the front.api.sdk repository).
using System;
using System.Collections.Generic;
using System.IO;
using Resto.Front.Api;
using Resto.Front.Api.Attributes;

namespace Tillbridge.Iiko
{
    /// <summary>What iikoFront loads. Its constructor must not throw, whatever is missing: that would count as a crash.</summary>
    [PluginLicenseModuleId(BuildFacts.LicenseModuleId)]
    public sealed class Plugin : IFrontPlugin
    {
        private const long MostLogBytes = 1024 * 1024;
        private readonly List<IDisposable> subscriptions = new List<IDisposable>();
        private Agent agent;

        public Plugin()
        {
            try
            {
                Begin();
            }
            catch (Exception error)
            {
                // nothing else is left: the till goes on without cards
                Complain(error);
            }
        }

        public void Dispose()
        {
            foreach (var one in subscriptions)
            {
                try
                {
                    one.Dispose();
                }
                catch (Exception)
                {
                    // iikoFront went away first
                }
            }
            subscriptions.Clear();
            if (agent != null) agent.Dispose();
        }

        private static void Complain(Exception error)
        {
            try
            {
                PluginContext.Log.Error("Tillbridge did not start: " + error.GetType().Name);
            }
            catch (Exception)
            {
                // there is nobody left to tell
            }
        }

        private void Begin()
        {
            var folder = PluginContext.Integration.GetConfigsDirectoryPath();
            Directory.CreateDirectory(folder);
            var log = new BoundedLog(Path.Combine(folder, "tillbridge.log"), MostLogBytes, () => DateTime.Now);
            log.Write("info", "Tillbridge " + BuildFacts.Version + " for API " + FrontHost.Api);
            var random = new Random();
            Func<double> chance = () =>
            {
                lock (random) return random.NextDouble();
            };
            var front = new FrontHost(log);
            agent = new Agent(front, folder, folder, BuildFacts.Version, log, new SystemClock(), chance, daemon => new HttpLink(() => daemon.Settings));
            front.Listen(agent, subscriptions);
            agent.Start();
        }
    }
}
