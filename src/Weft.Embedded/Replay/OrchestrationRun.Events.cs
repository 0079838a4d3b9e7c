using Weft.Language;

namespace Weft.Embedded.Replay;

/// <content>External events: what waits for them, and what came before anybody waited.</content>
internal sealed partial class OrchestrationRun
{
    private readonly Dictionary<string, LinkedList<OpenWait>> _waits = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<HistoryEvent> _unprocessed = new();
    private int _waiting;

    public Task<T> WaitForExternalEvent<T>(string name, CancellationToken cancellationToken = default)
    {
        RequireTurn();
        Names.Name(name, "event");
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var wait = new OpenWait<T>(name);
        for (var earlier = _unprocessed.First; earlier is not null; earlier = earlier.Next)
        {
            if (string.Equals(earlier.Value.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                _unprocessed.Remove(earlier);
                wait.Complete(earlier.Value);
                return wait.Task;
            }
        }

        if (!_waits.TryGetValue(name, out var line))
        {
            _waits.Add(name, line = new LinkedList<OpenWait>());
        }

        line.AddLast(wait);
        _waiting++;
        if (cancellationToken.CanBeCanceled)
        {
            wait.Registration = cancellationToken.UnsafeRegister(
                static (state, token) => { var (run, open) = ((OrchestrationRun, OpenWait))state!; run.GiveUp(open, token); },
                (this, (OpenWait)wait));
        }

        return wait.Task;
    }

    private void Raise(HistoryEvent raised)
    {
        if (_waits.TryGetValue(raised.Name!, out var line) && line.First is { } oldest)
        {
            line.RemoveFirst();
            _waiting--;
            oldest.Value.Registration.Dispose();
            oldest.Value.Complete(raised);
        }
        else
        {
            _unprocessed.AddLast(raised);
        }
    }

    private void GiveUp(OpenWait wait, CancellationToken token)
    {
        if (!_turns.IsHere)
        {
            _turns.Post(static _ => { }, null);
            return;
        }

        if (_waits.TryGetValue(wait.Name, out var line) && line.Remove(wait))
        {
            _waiting--;
            _turns.Post(static state => { var (open, by) = ((OpenWait, CancellationToken))state!; open.Cancel(by); }, (wait, token));
        }
    }

    private abstract class OpenWait(string name)
    {
        public string Name { get; } = name;

        public CancellationTokenRegistration Registration { get; set; }

        public abstract void Complete(HistoryEvent raised);

        public abstract void Cancel(CancellationToken token);
    }

    private sealed class OpenWait<T>(string name) : OpenWait(name)
    {
        private readonly TaskCompletionSource<T> _completion = new();

        public Task<T> Task => _completion.Task;

        public override void Complete(HistoryEvent raised)
        {
            T payload;
            try
            {
                payload = Payload.Read<T>(raised.Payload, $"payload of event '{raised.Name}'")!;
            }
            catch (WeftException exception)
            {
                _completion.TrySetException(exception);
                return;
            }

            _completion.TrySetResult(payload);
        }

        public override void Cancel(CancellationToken token) => _completion.TrySetCanceled(token);
    }
}
