using System.ComponentModel.DataAnnotations;

namespace Weft.Runtime.Executions;

/// <summary>How executions are run and watched.</summary>
public sealed class ExecutionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Weft:Executions";

    /// <summary>
    /// Gets or sets a value indicating whether providers and tools are simulated; documents then say so. The default is false.
    /// </summary>
    public bool Sandbox { get; set; }

    /// <summary>Gets or sets the time between two sweeps for executions that ended without a record, in seconds.</summary>
    /// <value>5 to 3,600. The default is 30.</value>
    [Range(5, 3600)]
    public int SweepSeconds { get; set; } = 30;

    /// <summary>Gets or sets how deep workflows may start workflows.</summary>
    /// <value>1 to 100. The default is 20.</value>
    /// <remarks>A workflow that starts itself ends here, and not when the store is full.</remarks>
    [Range(1, 100)]
    public int MaxDepth { get; set; } = 20;
}
