using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace Weft.Functions.CloudTests.Bus;

/// <summary>Joins the links that clients open to the queues that they name.</summary>
internal sealed class BusLinks(Func<string, BusQueue?> find, BusLocks locks, Action<Guid> settling) : ILinkProcessor
{
    private static readonly Symbol SessionFilter = new("com.microsoft:session-filter");
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public void Process(AttachContext attachContext)
    {
        var attach = attachContext.Attach;
        var address = attach.Role ? ((Source)attach.Source).Address : ((Target)attach.Target).Address;
        if (find(address.TrimStart('/')) is not { } queue)
        {
            attachContext.Complete(new Error(ErrorCode.NotFound)
            {
                Description = $"The messaging entity '{address}' could not be found.",
            });
            return;
        }

        if (!attach.Role)
        {
            attach.MaxMessageSize = (ulong)queue.Rules.MaxMessageBytes;
            var intake = new BusIntake(queue);
            attachContext.Complete(new TargetLinkEndpoint(intake, attachContext.Link), intake.Credit);
        }
        else if (queue.Rules.RequiresSession)
        {
            _ = AcceptSessionAsync(attachContext, queue);
        }
        else
        {
            Open(attachContext, queue, session: null);
        }
    }

    // The client waits for the answer until a session has a message.
    private async Task AcceptSessionAsync(AttachContext context, BusQueue queue)
    {
        var source = (Source)context.Attach.Source;
        var named = source.FilterSet?[SessionFilter] as string;
        while (!context.Link.IsClosed && !context.Link.Session.IsClosed)
        {
            if (queue.TakeSession(named) is { } session)
            {
                context.Link.AddClosedCallback((_, _) => queue.ReleaseSession(session));
                source.FilterSet = new Map { [SessionFilter] = session };
                context.Attach.Properties ??= new Fields();
                context.Attach.Properties[new Symbol("com.microsoft:locked-until-utc")] =
                    (DateTime.UtcNow + queue.Rules.LockDuration).Ticks;
                Open(context, queue, session);
                return;
            }

            await Task.Delay(Look);
        }
    }

    private void Open(AttachContext context, BusQueue queue, string? session) =>
        context.Complete(new BusOutlet(context.Link, queue, locks, session, settling), initialCredit: 0);
}
