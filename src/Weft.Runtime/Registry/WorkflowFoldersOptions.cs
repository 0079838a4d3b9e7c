namespace Weft.Runtime.Registry;

/// <summary>Which folders hold workflows and agent cards.</summary>
public sealed class WorkflowFoldersOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Weft:Workflows";

    /// <summary>Gets the folders, absolute or relative to the working directory. Default: none.</summary>
    /// <remarks>
    /// Every <c>.yaml</c> and <c>.yml</c> below them is a workflow; below a folder named <c>agents</c>, an agent card. A folder with a
    /// <c>compozy.yaml</c> or <c>project.yaml</c> is a project: the workflows that it names are loaded with what it shares.
    /// </remarks>
    public IList<string> Paths { get; } = [];

    /// <summary>Gets or sets a value indicating whether files are loaded again when they change. The default is false.</summary>
    /// <remarks>A broken edit keeps the last good version, and its faults are logged.</remarks>
    public bool Watch { get; set; }
}
