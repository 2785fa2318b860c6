// Line by line from one port to another with System.IO.Ports: mono Relay.exe FROM TO
using System;
using System.IO.Ports;

static class Relay
{
    static void Main(string[] args)
    {
        using (var scanner = new SerialPort(args[0], 9600) { NewLine = "\r" })
        using (var till = new SerialPort(args[1], 9600) { NewLine = "\r" })
        {
            scanner.Open();
            till.Open();
            Console.WriteLine("ready");
            while (true)
                till.WriteLine(scanner.ReadLine());
        }
    }
}
