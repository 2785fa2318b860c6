using System;
using System.IO;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;

namespace Tillbridge.Iiko
{
    /// <summary>JSON by what .NET Framework brings along, with bounds: a plugin should not bring a library that another plugin brings too.</summary>
    public static class Json
    {
        /// <summary>Of a text, in bytes.</summary>
        public const int MostBytes = 64 * 1024;

        private const int Deepest = 8;

        public static byte[] Write<T>(T value)
        {
            using (var stream = new MemoryStream())
            {
                new DataContractJsonSerializer(typeof(T)).WriteObject(stream, value);
                return stream.ToArray();
            }
        }

        /// <summary>Members that T does not have are passed over. Throws FormatException, whatever is wrong with the text.</summary>
        public static T Read<T>(byte[] bytes) where T : class
        {
            if (bytes.Length > MostBytes) throw new FormatException("too long");
            var quotas = new XmlDictionaryReaderQuotas
            {
                MaxDepth = Deepest,
                MaxStringContentLength = MostBytes,
                MaxArrayLength = MostBytes,
                MaxNameTableCharCount = 16 * 1024,
                MaxBytesPerRead = MostBytes
            };
            try
            {
                using (var reader = JsonReaderWriterFactory.CreateJsonReader(bytes, 0, bytes.Length, Encoding.UTF8, quotas, null))
                {
                    var value = new DataContractJsonSerializer(typeof(T)).ReadObject(reader) as T;
                    if (value == null) throw new FormatException("not an object");
                    return value;
                }
            }
            catch (Exception error)
            {
                // the two runtimes throw different kinds for the same text, which itself may hold a number: only the kind goes on
                throw new FormatException(error.GetType().Name);
            }
        }
    }
}
