namespace Weft.Functions.HostTests.Harness;

/// <summary>A test that runs for minutes, as long as it is told to; else it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SoakFactAttribute : FactAttribute
{
    /// <summary>Names how many workers are killed.</summary>
    public const string Variable = "WEFT_WORKER_KILLS";

    public SoakFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            Skip = $"It takes about 15 seconds for each worker that is killed: set {Variable} to their number.";
        }
    }
}
