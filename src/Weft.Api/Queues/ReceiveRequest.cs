using Weft.Api.Requests;

namespace Weft.Api.Queues;

/// <summary>What to hand out.</summary>
/// <param name="Limit">1 to 100; absent: 1.</param>
/// <param name="LockSeconds">How long the messages are held: 1 to 3,600; absent: <c>Weft:Queue:LockDuration</c>.</param>
internal sealed record ReceiveRequest(int? Limit, int? LockSeconds)
{
    internal static ReceiveRequest Read(RequestBody body)
    {
        var request = new ReceiveRequest(body.Integer("limit", 1, 100), body.Integer("lock_seconds", 1, 3600));
        body.Check();
        return request;
    }
}
