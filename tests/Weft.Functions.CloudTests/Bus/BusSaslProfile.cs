using Amqp;
using Amqp.Sasl;
using Amqp.Types;

namespace Weft.Functions.CloudTests.Bus;

/// <summary>How clients of Service Bus open a connection; who they are is told later, to <see cref="BusTokens"/>.</summary>
internal sealed class BusSaslProfile() : SaslProfile(new Symbol(Name))
{
    public const string Name = "MSSBCBS";

    protected override ITransport UpgradeTransport(ITransport transport) => transport;

    protected override DescribedList? GetStartCommand(string hostname) => null;

    protected override DescribedList? OnCommand(DescribedList command) =>
        command is SaslInit ? new SaslOutcome { Code = SaslCode.Ok } : null;
}
