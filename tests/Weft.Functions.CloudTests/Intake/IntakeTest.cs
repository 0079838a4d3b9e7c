using Weft.Functions.CloudTests.Queues;

namespace Weft.Functions.CloudTests.Intake;

/// <summary>A host of its own for each test, that takes messages.</summary>
public abstract class IntakeTest : QueueTest
{
    internal IntakeHost Host { get; private set; } = null!; // InitializeAsync comes first.

    public override async Task InitializeAsync() => Host = await IntakeHost.StartAsync(Bus, Deadline);

    public override async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await base.DisposeAsync();
    }

    private protected static string Greet(string name) => $$$"""{"workflow_id": "greet", "input": {"name": "{{{name}}}"}}""";
}
