using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Execution;

/// <summary>Gives the signals that reach an execution to those who wait for them, by name; what comes early is kept.</summary>
/// <remarks>Names are case-insensitive. A signal goes to the wait that has stood longest; one that does not want it passes it on.</remarks>
internal sealed class SignalHub(IOrchestrationContext context, CancellationToken cancellationToken)
{
    private const int MostKept = 1_000;
    private readonly List<SignalWait> _waits = [];
    private readonly List<SignalEvent> _early = [];
    private bool _listening;

    /// <summary>Waits for signals of a name. Dispose it when no more are wanted.</summary>
    public SignalWait Open(string name)
    {
        var wait = new SignalWait(this, name);
        _waits.Add(wait);
        for (var i = 0; i < _early.Count; i++)
        {
            if (wait.Wants(_early[i]))
            {
                wait.Offer(_early[i]);
                _early.RemoveAt(i--);
            }
        }

        if (!_listening)
        {
            _listening = true;
            _ = ListenAsync();
        }

        return wait;
    }

    /// <summary>Offers a signal to the waits behind one that did not want it. What nobody wants is gone.</summary>
    public void PassOn(SignalEvent signal, SignalWait from)
    {
        for (var i = _waits.IndexOf(from) + 1; i < _waits.Count; i++)
        {
            if (_waits[i].Wants(signal))
            {
                _waits[i].Offer(signal);
                return;
            }
        }
    }

    internal void Close(SignalWait wait, IEnumerable<SignalEvent> unread)
    {
        _waits.Remove(wait);
        foreach (var signal in unread)
        {
            Dispatch(signal);
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                Dispatch(await context.WaitForExternalEvent<SignalEvent>(StepNames.SignalEventName, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            // The execution is over.
        }
    }

    private void Dispatch(SignalEvent signal)
    {
        if (_waits.Find(x => x.Wants(signal)) is { } wait)
        {
            wait.Offer(signal);
        }
        else if (_early.Count < MostKept)
        {
            _early.Add(signal);
        }
    }
}
