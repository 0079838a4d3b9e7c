using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace Weft.Functions.CloudTests.Bus;

/// <summary>Where clients say who they are: <c>$cbs</c>.</summary>
internal sealed class BusTokens(Func<bool> refuses) : IRequestProcessor
{
    public int Credit => 100;

    public void Process(RequestContext requestContext)
    {
        var (status, description) = refuses() ? (401, "InvalidSignature: The token has an invalid signature.") : (202, "Accepted");
        requestContext.Complete(new Message
        {
            ApplicationProperties = new ApplicationProperties
            {
                ["status-code"] = status,
                ["status-description"] = description,
            },
        });
    }
}
