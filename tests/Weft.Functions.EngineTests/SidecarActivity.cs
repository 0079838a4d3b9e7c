using Microsoft.DurableTask;
using Weft.Functions.Engine;

namespace Weft.Functions.EngineTests;

/// <summary>What an activity's function does.</summary>
internal sealed class SidecarActivity(Func<TaskActivityContext, Payload, Task<Payload>> run) : TaskActivity<Payload, Payload>
{
    public override Task<Payload> RunAsync(TaskActivityContext context, Payload input) => run(context, input);
}
