// Tillbridge: fetches the guest's number that was scanned last and hands it to the MCR algorithms of this station, as if a reader had
// read it. For a button of a form of r_keeper 7. ASCII only: the editor of scripts keeps windows-1251.
//
// Uses two functions of r_keeper scripts: HttpGet(url, value), 0 when an answer came, and PerformMcrAlgorith(Data, DeviceID).
// Set-up: docs/rkeeper.md. This text was not run on a till: try it on a test station first.

const
  // address of the Tillbridge machine, id of the station and its secret: stations.listen and stations.peers of tillbridge.yaml
  TillbridgeAddress = 'http://192.168.1.10:7845/s/STATION/SECRET';
  // "Device identifier" that the MCR algorithms of cards expect
  TillbridgeDevice = 1;

var
  // the lease that was performed last: it is never performed twice, even when its report was lost
  TillbridgePerformed: string;

// What to show the cashier. Put the message call of your forms here; empty means that nothing is shown.
procedure TillbridgeTell(const Text: string);
begin
end;

// Takes the first line off Rest.
function TillbridgeLine(var Rest: string): string;
var
  P: integer;
begin
  P := Pos(#13#10, Rest);
  if P = 0 then
  begin
    Result := Rest;
    Rest := '';
  end
  else
  begin
    Result := Copy(Rest, 1, P - 1);
    Rest := Copy(Rest, P + 2, Length(Rest));
  end;
end;

// Call this from the button.
procedure TillbridgeScan;
var
  Answer, Word, Lease, Kind, Data: string;
begin
  Answer := '';
  if HttpGet(TillbridgeAddress + '/next?form=text', Answer) <> 0 then
  begin
    TillbridgeTell('Tillbridge does not answer');
    Exit;
  end;
  Word := TillbridgeLine(Answer);
  if Word <> 'number' then
  begin
    if Word = 'none' then
      TillbridgeTell('Nothing was scanned')
    else
      TillbridgeTell('Tillbridge refused: check the address');
    Exit;
  end;
  Lease := TillbridgeLine(Answer);
  Kind := TillbridgeLine(Answer);
  Data := TillbridgeLine(Answer);
  if (Lease = '') or (Data = '') then
    Exit;
  if Lease <> TillbridgePerformed then
  begin
    TillbridgePerformed := Lease;
    PerformMcrAlgorith(Data, TillbridgeDevice);
  end;
  // frees the way for the next number; when it is lost, the number simply ends as "unknown" in the journal
  HttpGet(TillbridgeAddress + '/result?lease=' + Lease + '&outcome=sent', Answer);
end;
