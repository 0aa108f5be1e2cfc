/**
 * Carries out transforms in child processes, which may die alone. {@code IsolatedTransform} is the
 * runner's side, {@code ChildMain} the child's; docs/isolation.md tells the whole.
 */
package dev.odyssey.isolation;
