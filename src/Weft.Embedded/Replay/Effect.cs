namespace Weft.Embedded.Replay;

/// <summary>A change of another instance.</summary>
internal abstract record Effect
{
    public sealed record StartChild(HistoryEvent Decision, byte[] Input) : Effect;

    public sealed record SendEvent(HistoryEvent Decision, byte[] Payload) : Effect;

    public sealed record TerminateChild(string InstanceId) : Effect;
}
