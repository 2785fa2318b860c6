# Line by line from one port to another, as with pyserial's own read_until: python3 pyserial-relay.py FROM TO
import sys
import serial

scanner = serial.Serial(sys.argv[1], 9600)
till = serial.Serial(sys.argv[2], 9600)
print("ready", flush=True)
while True:
    till.write(scanner.read_until(b"\r"))
