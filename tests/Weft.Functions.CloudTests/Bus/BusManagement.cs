using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace Weft.Functions.CloudTests.Bus;

/// <summary>What clients ask of a queue beside messages: to look, and to hold for longer.</summary>
internal sealed class BusManagement(BusQueue queue) : IRequestProcessor
{
    public int Credit => 100;

    public void Process(RequestContext requestContext)
    {
        var asked = (Map)requestContext.Message.Body;
        var operation = (string)requestContext.Message.ApplicationProperties["operation"];
        requestContext.Complete(operation switch
        {
            "com.microsoft:peek-message" => Peek((long)asked["from-sequence-number"], (int)asked["message-count"]),
            "com.microsoft:renew-lock" => Renew((Guid[])asked["lock-tokens"]),
            "com.microsoft:renew-session-lock" => Answer(200, new Map { ["expiration"] = DateTime.UtcNow + queue.Rules.LockDuration }),
            _ => Answer(501, []),
        });
    }

    private Message Peek(long from, int atMost)
    {
        var messages = new List();
        foreach (var message in queue.Peek(from, atMost))
        {
            messages.Add(new Map { ["message"] = BusMessage.Bytes(message) });
        }

        return messages.Count == 0 ? Answer(204, []) : Answer(200, new Map { ["messages"] = messages });
    }

    private Message Renew(Guid[] locks)
    {
        var until = locks.Select(queue.Renew).ToList();
        return until.Contains(null)
            ? Answer(410, [], "com.microsoft:message-lock-lost")
            : Answer(200, new Map { ["expirations"] = until.Select(u => u!.Value).ToArray() });
    }

    private static Message Answer(int status, Map body, string? condition = null)
    {
        var answer = new Message(body) { ApplicationProperties = new ApplicationProperties { ["statusCode"] = status } };
        if (condition is not null)
        {
            answer.ApplicationProperties["errorCondition"] = new Symbol(condition);
        }

        return answer;
    }
}
