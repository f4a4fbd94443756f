@NullMarked
package dev.bootproof.testrunner.ledger;

import org.jspecify.annotations.NullMarked;
