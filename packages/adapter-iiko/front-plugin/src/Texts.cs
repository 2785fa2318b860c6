namespace Tillbridge.Iiko
{
    /// <summary>What the plugin itself tells the cashier. Everything else the daemon writes.</summary>
    public static class Texts
    {
        public const string Sender = "Tillbridge";

        public static string Of(string what, string language)
        {
            var ru = language == "ru";
            switch (what)
            {
                case "settings":
                    return ru ? "Tillbridge не настроен: проверьте tillbridge.json и tillbridge.secret." : "Tillbridge is not set up: check tillbridge.json and tillbridge.secret.";
                case "secret":
                    return ru ? "Tillbridge не принимает секрет этой кассы. Позовите администратора." : "Tillbridge refuses this till's secret. Call the administrator.";
                case "twoPlugins":
                    return ru ? "Tillbridge уже работает с другой кассой под этим секретом. Позовите администратора." : "Tillbridge serves another till under this secret. Call the administrator.";
                case "wire":
                    return ru ? "Плагин Tillbridge и служба разных версий. Позовите администратора." : "The Tillbridge plugin and its service have versions that do not fit. Call the administrator.";
                default:
                    return ru ? "Карты Tillbridge временно не читаются." : "Tillbridge does not read cards at the moment.";
            }
        }
    }
}
