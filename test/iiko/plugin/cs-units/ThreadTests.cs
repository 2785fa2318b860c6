using System;
using System.Collections.Generic;
using System.Threading;

namespace Tillbridge.Iiko.Tests
{
    /// <summary>Tills that are busy, hang or throw: the thread that waits for them.</summary>
    internal static class ThreadTests
    {
        public static void Add(List<KeyValuePair<string, Action>> all)
        {
            all.Test("a busy screen: struck off, and nothing happens when it comes free later", () =>
            {
                var editor = Shop.Editor();
                using (var free = new ManualResetEvent(false))
                using (var over = new ManualResetEvent(false))
                using (var desk = new EditDesk("test", Shop.Runner(), new Lines(), () => 0.5))
                {
                    desk.Start();
                    var result = desk.Run(Shop.Card(), new Deadline(new SystemClock(), 100), work =>
                    {
                        free.WaitOne();
                        work(editor);
                        over.Set();
                    });
                    Check.Same("busyTimeout", result.Outcome);
                    free.Set();
                    Check.True(over.WaitOne(30000), "the screen never came free");
                    Check.Same(0, editor.Calls.Count);
                    Check.Same("applied", desk.Run(Shop.Card(), new Deadline(new SystemClock(), 30000), work => work(editor)).Outcome);
                }
            });
            all.Test("a till that hangs in the middle of an edit: nobody knows", () =>
            {
                var editor = Shop.Editor();
                using (var free = new ManualResetEvent(false))
                using (var desk = new EditDesk("test", Shop.Runner(), new Lines(), () => 0.5, 100))
                {
                    editor.Before = call => free.WaitOne();
                    desk.Start();
                    var result = desk.Run(Shop.Card(), new Deadline(new SystemClock(), 200), work => work(editor));
                    Check.Same("unknown hostHangs", result.Outcome + " " + result.Detail);
                    free.Set();
                }
            });
            all.Test("a door that refuses, throws or forgets", () =>
            {
                using (var desk = new EditDesk("test", Shop.Runner(), new Lines(), () => 0.5))
                {
                    desk.Start();
                    Check.Same("wrongScreen", desk.Run(Shop.Card(), Shop.Far(), work => { throw new FrontRefusal("wrongScreen", "left"); }).Outcome);
                    Check.Same("hostError", desk.Run(Shop.Card(), Shop.Far(), work => { throw new InvalidOperationException("x"); }).Outcome);
                    Check.Same("notCalled", desk.Run(Shop.Card(), Shop.Far(), work => { }).Detail);
                    Check.Same("applied", desk.Run(Shop.Card(), Shop.Far(), work => work(Shop.Editor())).Outcome);
                }
            });
            all.Test("a thread survives whatever its step throws", () =>
            {
                using (var twice = new CountdownEvent(2))
                {
                    var times = 0;
                    using (var worker = new Worker("test", self =>
                    {
                        if (times++ < 2)
                        {
                            twice.Signal();
                            throw new InvalidOperationException("x");
                        }
                        self.Sleep(Timeout.Infinite);
                    }, new Lines(), () => 0))
                    {
                        worker.Start();
                        Check.True(twice.Wait(30000), "it died");
                    }
                }
            });
        }
    }
}
