namespace Weft.Cli;

/// <summary>Something around the command is missing or out of reach; the message says what to set.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
